using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sequor.ServingBenchmark;

/// <summary>The server as its users run it: a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan firstAnswer) => (_process, Address, FirstAnswer) = (process, address, firstAnswer);

    /// <summary>Where it listens.</summary>
    internal Uri Address { get; }

    /// <summary>From the start of the process to its first translation.</summary>
    internal TimeSpan FirstAnswer { get; }

    /// <summary>Bytes of memory that the process has resident.</summary>
    internal long ResidentBytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Starts a server and waits for its first translation.</summary>
    /// <param name="program">The command <c>sequor</c>.</param>
    /// <param name="model">The model's directory.</param>
    /// <param name="options">More arguments of <c>serve</c>.</param>
    /// <param name="makeBody">Makes a request of a text.</param>
    internal static async Task<ServerProcess> StartAsync(string program, string model, IReadOnlyList<string> options, Func<string, HttpContent> makeBody)
    {
        int port = FreePort();
        ProcessStartInfo start = new(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])["serve", model, "--port", port.ToString(CultureInfo.InvariantCulture), .. options])
        {
            start.ArgumentList.Add(argument);
        }

        long begun = Stopwatch.GetTimestamp();
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Uri address = new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/"));
        using HttpClient client = new() { BaseAddress = address };
        while (true)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{program} serve ended with exit code {process.ExitCode} before it answered.");
            }

            try
            {
                using HttpContent body = makeBody("Good morning.");
                using HttpResponseMessage answer = await client.PostAsync("translate", body).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    return new ServerProcess(process, address, Stopwatch.GetElapsedTime(begun));
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(5).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
