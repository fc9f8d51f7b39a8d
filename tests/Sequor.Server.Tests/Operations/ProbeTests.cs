using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sequor.Extensions;
using Sequor.Server.Operations;
using Sequor.Server.Settings;
using Sequor.Server.Tests.Page;

namespace Sequor.Server.Tests.Operations;

public class ProbeTests
{
    [Theory]
    [InlineData("/livez", "text/plain")]
    [InlineData("/readyz", "text/plain")]
    [InlineData("/metrics", "text/plain")]
    [InlineData("/health", "application/json")]
    [InlineData("/languages", "application/json")]
    [InlineData("/frontend/settings", "application/json")]
    [InlineData("/v1/models", "application/json")]
    [InlineData("/v1/models/en-de", "application/json")]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/", "text/html")]
    public async Task HEAD_is_answered_as_GET_without_a_body(string path, string type)
    {
        await using Listening server = await Listening.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Head, path);
        using HttpResponseMessage response = await server.Client.SendAsync(request, Listening.Stop);

        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Listening.Stop));
        if (path != "/")
        {
            Assert.Matches("sequor_server_requests_total\\{method=\"HEAD\",route=\"/[^\"]+\",status=\"200\"\\} 1\n", await server.Client.GetStringAsync("/metrics", Listening.Stop));
        }
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/v1/models/nowhere", 404)]
    [InlineData("/translate", 405)]
    public async Task HEAD_has_the_status_of_GET(string path, int status)
    {
        await using Listening server = await Listening.StartAsync();
        using HttpRequestMessage request = new(HttpMethod.Head, path);
        using HttpResponseMessage response = await server.Client.SendAsync(request, Listening.Stop);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Equal("ok\n", await server.Client.GetStringAsync("/livez", Listening.Stop));
    }

    [Fact]
    public async Task A_model_that_cannot_be_made_ready_is_told_with_its_reason_and_tried_again()
    {
        using CopiedModel model = new();
        string weights = Directory.GetFiles(model.Path, "*.safetensors").Single();
        File.Move(weights, weights + ".away");
        ServerOptions options = new() { Models = [model.Path], RequestTimeout = null };
        await using WebApplication app = ServerApplication.Build(options, new ModelRegistry(options.Models, new ModelRegistryOptions { LoadLazily = true }), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<TimeProvider>(new HastyTime());
        });
        await app.StartAsync(Listening.Stop);
        HttpClient client = app.GetTestClient();

        await Eventually.EqualAsync(true, async () => (await BodyAsync(client)).Contains($"The model {model.Name} could not be made ready, and is tried again every 10 seconds: ", StringComparison.Ordinal));
        using (HttpResponseMessage answer = await client.GetAsync("/readyz", Listening.Stop))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        Assert.DoesNotContain("sequor_server_requests_rejected_total{", await client.GetStringAsync("/metrics", Listening.Stop), StringComparison.Ordinal);
        File.Move(weights + ".away", weights);
        await Eventually.EqualAsync("ready\n", () => BodyAsync(client));
    }

    [Fact]
    public void A_key_file_that_is_not_there_is_told_before_models_are_loaded() =>
        Assert.Contains("no-such-keys.json", Assert.Throws<FileNotFoundException>(
            () => new ServerRun(new ServerOptions { Models = ["nowhere"], KeyFile = "no-such-keys.json" }, TextWriter.Null, TimeProvider.System)).Message, StringComparison.Ordinal);

    [Fact]
    public void Controls_of_both_blocks_are_escaped_in_lines_of_text()
    {
        using StringWriter lines = new();
        using (LogLines log = new(lines, LogFormat.Text, TimeProvider.System))
        {
            log.CreateLogger("x").Log(LogLevel.Information, default, "é\u009b31m\u0085\u001b\u007f\u2028b", null, (text, _) => text);
        }

        Assert.EndsWith("info é\\u009b31m\\u0085\\u001b\\u007f\\u2028b\n", lines.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> BodyAsync(HttpClient client)
    {
        using HttpResponseMessage answer = await client.GetAsync("/readyz", Listening.Stop);
        return await answer.Content.ReadAsStringAsync(Listening.Stop);
    }

    /// <summary>Whoever waits ten seconds waits ten milliseconds.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, dueTime / 1000, period);
    }
}
