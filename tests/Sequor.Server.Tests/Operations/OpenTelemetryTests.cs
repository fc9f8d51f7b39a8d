using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Operations;

public sealed class OpenTelemetryTests
{
    [Fact]
    public async Task Traces_and_metrics_reach_a_receiver_by_OTLP()
    {
        ConcurrentDictionary<string, byte[]> received = new();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using WebApplication receiver = builder.Build();
        receiver.Run(async context =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body);
            received[context.Request.Path + " " + context.Request.ContentType] = body.ToArray();
            context.Response.StatusCode = (int)HttpStatusCode.OK;
        });
        await receiver.StartAsync(Listening.Stop);

        await using (Listening server = await Listening.StartAsync(new ServerOptions { OtlpEndpoint = receiver.Urls.Single() + "/", LogFormat = LogFormat.Json }))
        {
            using HttpResponseMessage answer = await server.TranslateAsync(change: request => request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            (await server.Client.GetAsync("/livez", Listening.Stop)).Dispose();
            Assert.Contains("0af7651916cd43dd8448eb211c80319c", await LogAsync(server), StringComparison.Ordinal);
        }

        byte[] traces = received["/v1/traces application/x-protobuf"];
        byte[] metrics = received["/v1/metrics application/x-protobuf"];
        Assert.True(traces.AsSpan().IndexOf(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")) > 0, "the trace goes on where its caller began it");
        Assert.True(traces.AsSpan().IndexOf(Convert.FromHexString("b7ad6b7169203331")) > 0, "the caller's span is the parent");
        Assert.True(Holds(traces, "POST /translate"), "the span has the route for a name");
        Assert.False(Holds(traces, "livez"), "probes are not traced");
        Assert.False(Holds(traces, "Good morning"), "no text of users is sent");
        Assert.True(Holds(metrics, "sequor.server.request.duration"), "metrics of the server");
        Assert.True(Holds(metrics, "service.name"), "the service is named");
    }

    private static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    // The answer may be read before its line is written.
    private static async Task<string> LogAsync(Listening server)
    {
        for (int attempt = 0; attempt < 100 && !server.Log.Contains("POST", StringComparison.Ordinal); attempt++)
        {
            await Task.Delay(20, Listening.Stop);
        }

        return server.Log;
    }
}
