using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Settings;

public sealed class ServerOptionsTests
{
    [Fact]
    public void The_defaults_can_be_used_and_let_nobody_in_from_elsewhere()
    {
        ServerOptions options = new();

        Assert.Empty(options.Validate());
        Assert.Equal("http://localhost:5000", options.ListenUrl);
        Assert.True(options.ListensHereOnly);
        Assert.True(options.AllowsManagingModels);
        Assert.Empty(options.CorsOrigins);
        Assert.False(options.LogText);
    }

    [Theory]
    [InlineData("127.0.0.1", true, "http://127.0.0.1:5000")]
    [InlineData("::1", true, "http://[::1]:5000")]
    [InlineData("0.0.0.0", false, "http://0.0.0.0:5000")]
    [InlineData("192.0.2.7", false, "http://192.0.2.7:5000")]
    public void Models_are_managed_only_where_the_server_listens_at_this_machine_alone(string host, bool isHere, string url)
    {
        ServerOptions options = new() { Host = host };

        Assert.Equal(url, options.ListenUrl);
        Assert.Equal(isHere, options.AllowsManagingModels);
        Assert.False((options with { TrustedProxies = ["127.0.0.1"] }).AllowsManagingModels);
        Assert.True((options with { ManageModels = true }).AllowsManagingModels);
        Assert.False((options with { ManageModels = false }).AllowsManagingModels);
    }

    [Theory]
    [InlineData("translate.example.org")]
    [InlineData("*")]
    [InlineData("localhost:80")]
    public void A_name_that_would_be_taken_for_every_address_is_refused(string host)
    {
        Assert.Contains("host is " + host, Assert.Single(new ServerOptions { Host = host }.Validate()), StringComparison.Ordinal);
        Assert.NotEmpty(new ServerOptions { Url = $"http://{host}:80" }.Validate());
    }

    [Fact]
    public void Every_fault_is_found() => Assert.Equal(
        [
            "url is ftp://x, but must be http:// with localhost or an address in numbers, such as http://127.0.0.1:8080 (encryption is a proxy's work: see docs/serving.md), or none.",
            "queue_limit is 0, but must be a whole number of 1 or more.",
            "trust_proxy is nowhere, but must be an address or a network, such as 127.0.0.1 or 10.0.0.0/8.",
            "cors_origins is https://a.example/path, but must be a web origin such as https://example.org, or *.",
            "url is ftp://x, and host or port is set too. Leave one of them out.",
            "require_keys is on, but there is no key_file to find them in. Make one with 'sequor keys add NAME --key-file FILE' and name it.",
        ],
        new ServerOptions
        {
            Url = "ftp://x",
            Port = 1,
            QueueLimit = 0,
            TrustedProxies = ["nowhere"],
            CorsOrigins = ["https://a.example/path"],
            RequireKeys = true,
        }.Validate());

    [Theory]
    [InlineData("5ms", 5)]
    [InlineData("1.5s", 1500)]
    [InlineData("2min", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("0", 0)]
    public void A_time_is_read_and_written(string text, double milliseconds)
    {
        SettingKind<TimeSpan> kind = SettingKinds.Duration(TimeSpan.Zero, TimeSpan.FromDays(1));

        Assert.True(kind.TryParse(text, out TimeSpan value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
        Assert.True(kind.TryParse(kind.Format(value), out TimeSpan again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("2MB", 2_000_000, "2MB")]
    [InlineData("1MiB", 1_048_576, "1MiB")]
    [InlineData("1.5 kb", 1500, "1500B")]
    [InlineData("7B", 7, "7B")]
    public void A_size_is_read_and_written(string text, long bytes, string written)
    {
        SettingKind<long> kind = SettingKinds.Size(0, long.MaxValue);

        Assert.True(kind.TryParse(text, out long value));
        Assert.Equal(bytes, value);
        Assert.Equal(written, kind.Format(value));
    }

    [Theory]
    [InlineData("60/min", 60, 60)]
    [InlineData("5/s", 5, 1)]
    [InlineData("1000/h", 1000, 3600)]
    public void A_rate_is_read_and_written(string text, int requests, int seconds)
    {
        Assert.True(RequestRate.TryParse(text, out RequestRate rate));
        Assert.Equal(new RequestRate(requests, TimeSpan.FromSeconds(seconds)), rate);
        Assert.Equal(text, rate.ToString());
    }

    [Theory]
    [InlineData("0/min")]
    [InlineData("5")]
    [InlineData("5/day")]
    [InlineData("-1/s")]
    [InlineData("1000001/s")]
    public void Other_rates_are_none(string text) => Assert.False(RequestRate.TryParse(text, out _));

    [Fact]
    public void Flag_variable_and_key_come_from_one_name()
    {
        Assert.All(ServerSettings.All, setting => Assert.Matches("^[a-z]+(_[a-z]+)*$", setting.Name));
        Assert.Equal(ServerSettings.All.Count, ServerSettings.All.Select(setting => setting.Name).Distinct().Count());
        ServerSetting wait = ServerSettings.All.Single(setting => setting.Name == "max_wait");
        Assert.Equal("--max-wait", wait.Flag);
        Assert.Equal("SEQUOR_MAX_WAIT", wait.Variable);
        Assert.EndsWith(" Default: 5ms.", wait.Description, StringComparison.Ordinal);
    }
}
