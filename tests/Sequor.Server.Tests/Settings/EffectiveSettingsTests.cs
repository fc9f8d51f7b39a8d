using Sequor.Configuration;
using Sequor.Server.Settings;
using Sequor.Tensors.Kernels;

namespace Sequor.Server.Tests.Settings;

public sealed class EffectiveSettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void A_flag_wins_over_a_variable_and_that_over_the_file()
    {
        ServerOptions options = Read(
            "max_wait: 1ms\nport: 6001\nbody_limit: 3MB\nmodels: [a, b]\n",
            new() { ["SEQUOR_MAX_WAIT"] = "2ms", ["SEQUOR_PORT"] = "6002" },
            ("max_wait", ["3ms"])).Options;

        Assert.Equal(TimeSpan.FromMilliseconds(3), options.MaximumWait);
        Assert.Equal(6002, options.Port);
        Assert.Equal(3_000_000, options.BodyLimit);
        Assert.Equal(["a", "b"], options.Models);
    }

    [Fact]
    public void What_is_printed_names_origins_and_sets_the_same_when_read_again()
    {
        EffectiveSettings settings = Read(
            "rate_per_key: 60/min\ncors_origins: [https://example.org, \"https://b.example\"]\n",
            new() { ["SEQUOR_LOG_FORMAT"] = "json" },
            ("idle_unload", ["90s"]), ("compute_type", ["int8"]));
        string yaml = settings.ToYaml();

        Assert.Contains("rate_per_key: 60/min", yaml, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^rate_per_key: .*# .*:1:1$", yaml);
        Assert.Matches(@"(?m)^log_format: json +# SEQUOR_LOG_FORMAT$", yaml);
        Assert.Matches(@"(?m)^idle_unload: 90s +# --idle-unload$", yaml);
        Assert.Matches(@"(?m)^port: 5000 +# default$", yaml);
        ServerOptions again = Read(yaml, []).Options;
        Assert.Equal(WeightType.Int8, again.ComputeType);
        Assert.Equal(["https://example.org", "https://b.example"], again.CorsOrigins);
        Assert.Equal(
            settings.Options with { Models = [], CorsOrigins = [], TrustedProxies = [] },
            again with { Models = [], CorsOrigins = [], TrustedProxies = [] });
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_its_place()
    {
        ConfigurationException fault = Assert.Throws<ConfigurationException>(() => Read(
            "max_wat: 1ms\nport: 99999\nport: 80\nbody_limit: 2\nlimits: {a: b}\n",
            new() { ["SEQUOR_REQIRE_KEYS"] = "on", ["SEQUOR_DRAIN"] = "30" },
            ("page", ["maybe"])));

        Assert.Equal(
            [
                "F:1:1: max_wat: there is no setting of this name; did you mean max_wait?",
                "F:3:1: port: this key stands twice, first at F:2:1",
                "F:5:9: limits: this must be a value or a list of values",
                "F:5:1: limits: there is no setting of this name",
                "SEQUOR_REQIRE_KEYS: there is no setting of this name; did you mean SEQUOR_REQUIRE_KEYS?",
                "F:2:1: port: is '99999', but must be a whole number of 0 to 65,535",
                "F:4:1: body_limit: is '2', but must be a size with its unit (B, KB, MB, GB) of 1KB to 1GB, such as 2MB",
                "SEQUOR_DRAIN: is '30', but must be a time with its unit (ms, s, min, h) of 0ms to 1h, such as 5ms or 2s",
                "--page: is 'maybe', but must be on or off",
            ],
            fault.Faults.Select(one => one.ToString().Replace(_file, "F", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[a, b]", ":1:1: a configuration of the server is keys with values")]
    [InlineData("a: [", ": this is not YAML")]
    [InlineData("a: {b: [c, {d: e}]}\nport: 1", ":1:4: a: this must be a value or a list of values")]
    [InlineData("? [a]\n: b", ": this is not YAML")]
    public void A_file_of_another_shape_is_refused(string yaml, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<ConfigurationException>(() => Read(yaml, [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    public void An_empty_file_sets_nothing(string yaml) => Assert.Equal(5000, Read(yaml, []).Options.Port);

    [Fact]
    public void What_Kubernetes_says_of_a_service_called_sequor_is_no_setting()
    {
        EffectiveSettings settings = Read("", new()
        {
            ["SEQUOR_PORT"] = "tcp://10.0.0.7:5000",
            ["SEQUOR_SERVICE_HOST"] = "10.0.0.7",
            ["SEQUOR_PORT_5000_TCP_PROTO"] = "tcp",
            ["SEQUOR_ABRACADABRA"] = "1",
            ["SEQUOR_DEBUG"] = "1",
        });

        Assert.Equal(5000, settings.Options.Port);
        Assert.Equal(["The environment variable SEQUOR_ABRACADABRA means nothing to sequor."], settings.Warnings);
    }

    [Fact]
    public void Lists_in_the_environment_stand_between_commas() =>
        Assert.Equal(["10.0.0.0/8", "::1"], Read("", new() { ["SEQUOR_TRUST_PROXY"] = "10.0.0.0/8, ::1" }).Options.TrustedProxies);

    public void Dispose() => File.Delete(_file);

    private EffectiveSettings Read(string yaml, Dictionary<string, string> environment, params (string Name, string[] Values)[] flags)
    {
        File.WriteAllText(_file, yaml);
        return EffectiveSettings.Read(flags.ToDictionary(flag => flag.Name, flag => (IReadOnlyList<string>)flag.Values), environment, _file);
    }
}
