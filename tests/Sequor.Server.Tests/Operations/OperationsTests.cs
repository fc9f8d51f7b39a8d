using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sequor.Server.Operations;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Operations;

public sealed partial class OperationsTests
{
    [Fact]
    public async Task Metrics_are_the_text_format_and_count_what_was_asked()
    {
        await using Listening server = await Listening.StartAsync();
        for (int i = 0; i < 3; i++)
        {
            (await server.TranslateAsync()).Dispose();
        }

        (await server.TranslateAsync("{")).Dispose();
        using HttpResponseMessage answer = await server.Client.GetAsync("/metrics", Listening.Stop);
        string text = await answer.Content.ReadAsStringAsync(Listening.Stop);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(MetricLine(), line));
        string[] families = [.. text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];
        Assert.Equal(families.Length, families.Distinct().Count());
        Assert.Contains("sequor_server_requests_total{method=\"POST\",route=\"/translate\",status=\"200\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("sequor_server_requests_total{method=\"POST\",route=\"/translate\",status=\"400\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sequor_server_request_duration_seconds_bucket{route=\"/translate\",le=\"+Inf\"} 4\n", text, StringComparison.Ordinal);
        Assert.Contains("sequor_server_request_duration_seconds_count{route=\"/translate\"} 4\n", text, StringComparison.Ordinal);
        Assert.Contains("sequor_server_requests_rejected_total{reason=\"input\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("sequor_server_characters_total 39\n", text, StringComparison.Ordinal);
        Assert.Contains("sequor_server_requests_in_flight 1\n", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^sequor_model_weight_bytes\\{model=\"en-de\",state=\"ready\"\\} [0-9]{6,}$", text);
        Assert.Matches("(?m)^process_resident_memory_bytes [0-9]{7,}$", text);
    }

    [Fact]
    public async Task Parts_that_are_switched_off_are_not_there()
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { Metrics = false, Page = false });

        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/metrics", Listening.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/", Listening.Stop)).StatusCode);
    }

    [Fact]
    public async Task Liveness_and_readiness_are_told_apart()
    {
        await using Listening server = await Listening.StartAsync();
        HttpClient client = server.Client;

        Assert.Equal("ok\n", await client.GetStringAsync("/livez", Listening.Stop));
        Assert.Equal("ready\n", await client.GetStringAsync("/readyz", Listening.Stop));
    }

    [Fact]
    public async Task What_is_running_is_finished_when_the_server_ends_and_nothing_new_is_begun()
    {
        TaskCompletionSource begun = new();
        TaskCompletionSource finish = new();
        await using Listening server = await Listening.StartAsync(map: app => app.MapGet("/slow", async () =>
        {
            begun.SetResult();
            await finish.Task;
            return "done";
        }));
        Readiness readiness = server.App.Services.GetRequiredService<Readiness>();
        Task<string> running = server.Client.GetStringAsync("/slow", Listening.Stop);
        await begun.Task;
        Task ending = server.App.StopAsync(Listening.Stop);
        while (readiness.Obstacle is null)
        {
            await Task.Delay(5, Listening.Stop);
        }

        using HttpClient another = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            while (true)
            {
                await another.GetAsync("/livez", Listening.Stop);
            }
        });
        Assert.False(ending.IsCompleted);
        finish.SetResult();
        Assert.Equal("done", await running);
        await ending;
        Assert.Equal("The server is ending; it finishes what it has begun.", readiness.Obstacle);
    }

    [Fact]
    public async Task What_runs_longer_than_the_drain_is_broken_off()
    {
        TaskCompletionSource begun = new();
        await using Listening server = await Listening.StartAsync(
            new ServerOptions { Drain = TimeSpan.FromMilliseconds(50) },
            map: app => app.MapGet("/slow", async (HttpContext context) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }));
        Task<string> running = server.Client.GetStringAsync("/slow", Listening.Stop);
        await begun.Task;
        await server.App.StopAsync(Listening.Stop);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => running);
    }

    [Fact]
    public async Task The_log_is_JSON_and_never_has_the_texts_of_users()
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { LogFormat = LogFormat.Json });
        (await server.TranslateAsync("""{"q":"A secret plan.","source":"en","target":"de"}""", request => request.Headers.Add("X-Request-Id", "id-7"))).Dispose();
        (await server.TranslateAsync("""{"q":["A secret plan."],"source":"secret-en","target":"de","secret":1}""")).Dispose();
        (await server.Client.GetAsync("/secret\nfake line", Listening.Stop)).Dispose();
        (await server.Client.GetAsync("/livez", Listening.Stop)).Dispose();
        await server.App.StopAsync(Listening.Stop);

        JsonElement[] lines = [.. server.Log.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement asked = lines.Single(line => line.TryGetProperty("id", out JsonElement id) && id.GetString() == "id-7");
        Assert.Equal("/translate", asked.GetProperty("route").GetString());
        Assert.Equal(200, asked.GetProperty("status").GetInt32());
        Assert.Equal(14, asked.GetProperty("characters").GetInt32());
        Assert.InRange(asked.GetProperty("milliseconds").GetDouble(), 0.001, 60_000);
        Assert.Equal("info", asked.GetProperty("level").GetString());
        Assert.DoesNotContain("secret", server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("livez", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_are_logged_on_request_and_a_line_stays_a_line()
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { LogText = true });
        (await server.TranslateAsync("""{"q":"Grüße\nfake line","source":"en","target":"de"}""")).Dispose();
        await server.App.StopAsync(Listening.Stop);

        Assert.Contains(": Grüße\\u000afake line\n", server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_keeps_browsers_from_mischief()
    {
        await using Listening server = await Listening.StartAsync();
        foreach (string path in (string[])["/livez", "/no-such-path", "/", "/metrics"])
        {
            using HttpResponseMessage answer = await server.Client.GetAsync(path, Listening.Stop);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.NotEmpty(answer.Headers.GetValues("X-Request-Id").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("https://a.example", "https://a.example")]
    public async Task Other_origins_may_ask_only_where_that_is_allowed(string? allowed, string? told)
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { CorsOrigins = allowed is null ? [] : [allowed] });
        using HttpResponseMessage fault = await server.TranslateAsync("{", request => request.Headers.Add("Origin", "https://a.example"));
        using HttpResponseMessage other = await server.TranslateAsync("{", request => request.Headers.Add("Origin", "https://b.example"));

        Assert.Equal(told, fault.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? values) ? values.Single() : null);
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [GeneratedRegex("""^(# (HELP [a-z_]+ .+|TYPE [a-z_]+ (counter|gauge|histogram))|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? ([0-9.eE+-]+|NaN|[+-]Inf))$""")]
    private static partial Regex MetricLine();
}
