using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sequor.Server.Keys;
using Sequor.Server.Settings;
using Sequor.Server.Tests.Operations;

namespace Sequor.Server.Tests.Keys;

public sealed class AccessTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-access-").FullName;
    private readonly string _file;

    public AccessTests() => _file = Path.Combine(_directory, "keys.json");

    [Fact]
    public async Task Work_needs_a_key_wherever_the_client_puts_it()
    {
        string key = Add("alice");
        await using Listening server = await Listening.StartAsync(new ServerOptions { KeyFile = _file, RequireKeys = true });
        HttpStatusCode none = (await server.TranslateAsync()).StatusCode;
        HttpStatusCode wrong = (await server.TranslateAsync(change: request => request.Headers.Add("X-API-Key", key + "x"))).StatusCode;

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], [none, wrong]);
        Assert.Equal(HttpStatusCode.OK, (await server.TranslateAsync(change: request => request.Headers.Add("X-API-Key", key))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.TranslateAsync(change: request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key))).StatusCode);
        using HttpResponseMessage inBody = await server.TranslateAsync($$"""{"q":"Good morning.","source":"en","target":"de","api_key":"{{key}}"}""");
        Assert.Equal("""{"translatedText":"Guten Morgen!"}""", await inBody.Content.ReadAsStringAsync(Listening.Stop));
        using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["q"] = "Good morning.", ["source"] = "en", ["target"] = "de", ["api_key"] = key });
        using HttpResponseMessage inForm = await server.Client.PostAsync("/translate", form, Listening.Stop);
        Assert.Equal("""{"translatedText":"Guten Morgen!"}""", await inForm.Content.ReadAsStringAsync(Listening.Stop));
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/languages", Listening.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.PostAsync("/health", null, Listening.Stop)).StatusCode);
        Assert.Contains(", key " + KeyFile.Read(_file)[0].Id, server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(key, server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_a_sentence_in_the_shape_of_every_fault()
    {
        Add("alice");
        await using Listening server = await Listening.StartAsync(new ServerOptions { KeyFile = _file, RequireKeys = true });
        using HttpResponseMessage answer = await server.TranslateAsync("""{"q":"Good morning.","source":"en","target":"de","api_key":"mine"}""");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(
            """{"error":"The API key is not valid: it was mistyped, or revoked. Ask whoever runs this server for another."}""",
            await answer.Content.ReadAsStringAsync(Listening.Stop));
    }

    [Fact]
    public async Task A_change_of_the_file_shows_while_the_server_runs()
    {
        string alice = Add("alice");
        await using Listening server = await Listening.StartAsync(new ServerOptions { KeyFile = _file, RequireKeys = true });
        string bob = Add("bob");
        KeyFile.Change(_file, keys => [.. keys.Where(one => one.Name != "alice")]);
        await Task.Delay(1100, Listening.Stop);

        Assert.Equal(HttpStatusCode.Forbidden, (await server.TranslateAsync(change: request => request.Headers.Add("X-API-Key", alice))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.TranslateAsync(change: request => request.Headers.Add("X-API-Key", bob))).StatusCode);
        await File.WriteAllTextAsync(_file, "{", Listening.Stop);
        await Task.Delay(1100, Listening.Stop);
        Assert.Equal(HttpStatusCode.OK, (await server.TranslateAsync(change: request => request.Headers.Add("X-API-Key", bob))).StatusCode);
        Assert.Contains("cannot be read, the keys read before stay in force", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_asks_too_often_is_told_when_to_come_back()
    {
        string key = Add("alice", new RequestRate(3, TimeSpan.FromHours(1)));
        await using Listening server = await Listening.StartAsync(new ServerOptions { KeyFile = _file, RatePerAddress = new RequestRate(2, TimeSpan.FromHours(1)) });
        List<HttpStatusCode> statuses = [];
        for (int i = 0; i < 3; i++)
        {
            statuses.Add((await server.TranslateAsync()).StatusCode);
        }

        for (int i = 0; i < 4; i++)
        {
            statuses.Add((await server.TranslateAsync(change: request => request.Headers.Add("X-API-Key", key))).StatusCode);
        }

        Assert.Equal([200, 200, 429, 200, 200, 200, 429], statuses.Select(status => (int)status));
        using HttpResponseMessage refused = await server.TranslateAsync();
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 1800);
        Assert.Contains("More than 2/h requests came from this address.", await refused.Content.ReadAsStringAsync(Listening.Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/languages", Listening.Stop)).StatusCode);
    }

    [Fact]
    public async Task Models_are_not_managed_where_that_is_off()
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { ManageModels = false });
        using HttpResponseMessage answer = await server.Client.PostAsync("/v1/models/en-de/unload", null, Listening.Stop);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(Extensions.ModelState.Ready, server.Models.Models[0].State);
    }

    [Theory]
    [InlineData("https://elsewhere.example", false)]
    [InlineData("null", false)]
    [InlineData("https://ours.example", true)]
    [InlineData(null, true)]
    public async Task Pages_of_other_origins_manage_no_models(string? origin, bool isAllowed)
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { CorsOrigins = ["https://ours.example"] });
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/models/en-de/unload");
        request.Headers.Add("Origin", origin ?? server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage answer = await server.Client.SendAsync(request, Listening.Stop);

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"api_key":"a"}""", "a")]
    [InlineData("""{"q":{"api_key":"inner"},"x":[{"api_key":"inner"}],"api_key":"outer"}""", "outer")]
    [InlineData("""{"q":"api_key"}""", null)]
    [InlineData("""{"api_key":7}""", null)]
    [InlineData("""{"api_key":""", null)]
    [InlineData("""["api_key"]""", null)]
    [InlineData("", null)]
    [InlineData("\0\u0001", null)]
    public void The_key_is_the_outermost_field_of_that_name(string json, string? key) =>
        Assert.Equal(key, GivenKey.FromJson(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void A_household_of_addresses_counts_as_one()
    {
        Assert.Equal(RequestRates.Group(IPAddress.Parse("2001:db8:1:2::1")), RequestRates.Group(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.NotEqual(RequestRates.Group(IPAddress.Parse("2001:db8:1:2::1")), RequestRates.Group(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Equal("192.0.2.1", RequestRates.Group(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.NotEqual(RequestRates.Group(IPAddress.Parse("192.0.2.1")), RequestRates.Group(IPAddress.Parse("192.0.2.2")));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Add(string name, RequestRate? rate = null)
    {
        (ApiKey kept, string key) = ApiKey.Make(name, TimeProvider.System.GetUtcNow(), rate);
        KeyFile.Change(_file, keys => [.. keys, kept]);
        return key;
    }
}
