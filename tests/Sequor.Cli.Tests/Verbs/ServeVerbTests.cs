using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Sequor.Cli.Tests.Verbs;

public sealed partial class ServeVerbTests
{
    private const int Terminate = 15;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_settings_in_force_are_printed_with_their_origin()
    {
        string yaml = Called.With("serve", "some/model", "--max-wait", "2ms", "--cors-origins", "https://a.example", "--cors-origins", "https://b.example", "--print-config").MustSucceed();

        Assert.Matches("(?m)^models: \\[some/model\\] +# MODEL$", yaml);
        Assert.Matches("(?m)^max_wait: 2ms +# --max-wait$", yaml);
        Assert.Matches("(?m)^cors_origins: \\[\"https://a.example\", \"https://b.example\"\\] +# --cors-origins$", yaml);
        Assert.Matches("(?m)^port: 5000 +# default$", yaml);
    }

    [Fact]
    public void The_help_shows_settings_under_headings()
    {
        string help = Called.With("serve", "--help").MustSucceed();

        Assert.Contains("\nListening:\n  --url URL ", help, StringComparison.Ordinal);
        Assert.Contains("\nAccess:\n  --key-file FILE ", help, StringComparison.Ordinal);
        Assert.Contains("\nOptions:\n  -c, --config FILE ", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--max-wait is '5', but must be a time with its unit", "serve", "m", "--max-wait", "5")]
    [InlineData(2, "There is no option '--max-wat' here. Did you mean '--max-wait'?", "serve", "m", "--max-wat", "5ms")]
    [InlineData(2, "MODEL is missing", "serve")]
    [InlineData(1, "There is no model directory nowhere.", "serve", "nowhere")]
    [InlineData(1, "require_keys is on, but there is no key_file", "serve", "m", "--require-keys", "on")]
    [InlineData(1, "no-such.yaml", "serve", "--config", "no-such.yaml")]
    [InlineData(1, "There is no directory nowhere, which models_directory names.", "serve", "--models-directory", "nowhere")]
    public void What_is_wrong_is_said_before_anything_is_loaded(int code, string sentence, params string[] arguments) =>
        Assert.Contains(sentence, Called.With(arguments).MustFail(code), StringComparison.Ordinal);

    [Fact]
    public void Two_models_of_one_name_are_refused() =>
        Assert.Contains("Two models are called en-de, the name of their directories", Called.With("serve", ModelPath(), ModelPath() + "/").MustFail(1), StringComparison.Ordinal);

    [Fact]
    public async Task SIGTERM_lets_what_runs_finish_and_a_port_in_use_is_a_sentence()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent otherwise there.");
        using Process server = Start("serve", ModelPath(), "--url", "http://127.0.0.1:0", "--drain", "20s");
        int port = await PortAsync(server);
        Called second = Called.With("serve", ModelPath(), "--url", $"http://127.0.0.1:{port}");
        Assert.Equal(3, second.Code);
        Assert.Contains($"http://127.0.0.1:{port} is in use already", second.Errors, StringComparison.Ordinal);

        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        const string body = """{"q":"Good morning.","source":"en","target":"de"}""";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{{"), TestContext.Current.CancellationToken);
        await WaitForAsync(client.Client.LocalEndPoint!, port);
        Assert.Equal(0, Kill(server.Id, Terminate));
        while (await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Ending: ", StringComparison.Ordinal))
        {
            // It has not noticed yet.
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[1..]), TestContext.Current.CancellationToken);
        using StreamReader reader = new(stream);
        string answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(_patience, TestContext.Current.CancellationToken);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_patience, TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains("""{"translatedText":"Guten Morgen!"}""", answer, StringComparison.Ordinal);
        Assert.Equal(143, server.ExitCode);
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent otherwise there.");
        using Process server = Start("serve", ModelPath(), "--url", "http://127.0.0.1:0", "--drain", "1h");
        int port = await PortAsync(server);
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("POST /translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray(), TestContext.Current.CancellationToken);
        await WaitForAsync(client.Client.LocalEndPoint!, port);
        Kill(server.Id, Terminate);
        while (await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Ending: ", StringComparison.Ordinal))
        {
            // It has not noticed yet.
        }

        Kill(server.Id, Terminate);
        await server.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_patience, TestContext.Current.CancellationToken);
        Assert.Equal(143, server.ExitCode);
    }

    // A request that has reached the server shows as one in flight.
    private static async Task WaitForAsync(EndPoint from, int port)
    {
        using HttpClient metrics = new(new SocketsHttpHandler { UseProxy = false });
        for (int attempt = 0; attempt < 500; attempt++)
        {
            string text = await metrics.GetStringAsync($"http://127.0.0.1:{port}/metrics", TestContext.Current.CancellationToken);
            if (text.Contains("sequor_server_requests_in_flight 2\n", StringComparison.Ordinal))
                return;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The request from {from} never reached the server.");
    }

    private static async Task<int> PortAsync(Process server)
    {
        while (await server.StandardError.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_patience, TestContext.Current.CancellationToken) is { } line)
        {
            const string sign = "Listening at http://127.0.0.1:";
            int place = line.IndexOf(sign, StringComparison.Ordinal);
            if (place >= 0)
                return int.Parse(line[(place + sign.Length)..].Split(' ')[0], CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }

    private static string ModelPath()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Sequor.slnx")))
            root = root.Parent;
        Assert.SkipWhen(root is null, "The test runs outside the repository.");
        return Path.Combine(root.FullName, "models", "en-de");
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
