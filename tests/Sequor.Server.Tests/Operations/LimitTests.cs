using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Sequor.Server.Operations;
using Sequor.Server.Settings;

namespace Sequor.Server.Tests.Operations;

public sealed class LimitTests
{
    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_with_or_without_its_length()
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { BodyLimit = 1000 });
        string large = $$"""{"q":"{{new string('a', 2000)}}","source":"en","target":"de"}""";
        using HttpResponseMessage told = await server.TranslateAsync(large);
        using HttpResponseMessage chunked = await server.TranslateAsync(large, request => request.Headers.TransferEncodingChunked = true);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, told.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
        Assert.StartsWith("{\"error\":\"", await chunked.Content.ReadAsStringAsync(Listening.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_ended_with_a_sentence()
    {
        bool wasCancelled = false;
        await using Listening server = await Listening.StartAsync(
            new ServerOptions { RequestTimeout = TimeSpan.FromMilliseconds(50) },
            map: app => app.MapGet("/slow", async (HttpContext context) =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                finally
                {
                    wasCancelled = true;
                }
            }));
        using HttpResponseMessage answer = await server.Client.GetAsync("/slow", Listening.Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("1", answer.Headers.GetValues("Retry-After").Single());
        Assert.Equal(
            """{"error":"The request took longer than 50ms, the most that this server gives it. Send less at once, or try again when fewer ask."}""",
            await answer.Content.ReadAsStringAsync(Listening.Stop));
        Assert.True(wasCancelled);
        Assert.Contains("sequor_server_requests_rejected_total{reason=\"time\"} 1\n", await server.Client.GetStringAsync("/metrics", Listening.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_never_sends_its_head_is_shut_out()
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { HeaderTimeout = TimeSpan.FromMilliseconds(100) });
        string answer = await SendAsync(server, "POST /translate HTTP/1.1\r\nHost: x\r\nX-Slow: ");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_at_once()
    {
        await using Listening server = await Listening.StartAsync(new ServerOptions { MaximumConnections = 1 });
        using TcpClient first = new();
        await first.ConnectAsync(server.Address.Host, server.Address.Port, Listening.Stop);
        await first.GetStream().WriteAsync("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Listening.Stop);
        Assert.NotEqual(0, await first.GetStream().ReadAsync(new byte[1000], Listening.Stop));

        string second;
        try
        {
            second = await SendAsync(server, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        catch (IOException)
        {
            second = "";
        }

        Assert.Equal("", second);
    }

    [Theory]
    [InlineData("10.0.0.1", new string[0], "203.0.113.9", "10.0.0.1")]
    [InlineData("10.0.0.1", new[] { "10.0.0.0/8" }, "203.0.113.9", "203.0.113.9")]
    [InlineData("10.0.0.1", new[] { "10.0.0.0/8" }, "198.51.100.1, 203.0.113.9, 10.2.3.4", "203.0.113.9")]
    [InlineData("::ffff:10.0.0.1", new[] { "10.0.0.1" }, "[2001:db8::7]:4711", "2001:db8::7")]
    [InlineData("10.0.0.1", new[] { "10.0.0.1" }, "nonsense", "10.0.0.1")]
    [InlineData("192.0.2.1", new[] { "10.0.0.0/8" }, "203.0.113.9", "192.0.2.1")]
    public void Only_proxies_that_are_trusted_say_who_asks(string peer, string[] trusted, string forwarded, string found)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Headers["X-Forwarded-For"] = forwarded;
        new ClientAddress(trusted).Resolve(context);

        Assert.Equal(found, context.Connection.RemoteIpAddress!.ToString());
    }

    [Theory]
    [InlineData("10.0.0.1", "https", "https")]
    [InlineData("10.0.0.1", "javascript", "http")]
    [InlineData("192.0.2.1", "https", "http")]
    public void Only_proxies_that_are_trusted_say_whether_it_is_encrypted(string peer, string forwarded, string found)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Scheme = "http";
        context.Request.Headers["X-Forwarded-Proto"] = forwarded;
        new ClientAddress(["10.0.0.1"]).Resolve(context);

        Assert.Equal(found, context.Request.Scheme);
    }

    [Fact]
    public void The_least_memory_limit_of_all_groups_around_the_process_holds()
    {
        string root = Directory.CreateTempSubdirectory("sequor-cgroup-").FullName;
        void Put(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), text);
        }

        Assert.Null(MemoryLimit.Read(root));
        Put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        Assert.Null(MemoryLimit.Read(root));
        Put("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
        Assert.Equal(536870912, MemoryLimit.Read(root));
        Put("proc/self/cgroup", "0::/pod/box\n");
        Put("sys/fs/cgroup/pod/box/memory.max", "max\n");
        Put("sys/fs/cgroup/pod/memory.max", "268435456\n");
        Assert.Equal(268435456, MemoryLimit.Read(root));
        Put("sys/fs/cgroup/pod/box/memory.max", "300000000\n");
        Assert.Equal(268435456, MemoryLimit.Read(root));
        Put("sys/fs/cgroup/pod/box/memory.max", "200000000\n");
        Assert.Equal(200000000, MemoryLimit.Read(root));
        Directory.Delete(root, recursive: true);
    }

    private static async Task<string> SendAsync(Listening server, string text)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Listening.Stop);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Listening.Stop);
        using StreamReader reader = new(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(Listening.Stop).WaitAsync(TimeSpan.FromSeconds(30), Listening.Stop);
    }
}
