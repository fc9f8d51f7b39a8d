using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Sequor.ServingBenchmark;

/// <summary>Clients that each ask again as soon as they are answered.</summary>
internal static class Load
{
    /// <summary>Asks for a while.</summary>
    /// <param name="address">The server.</param>
    /// <param name="texts">What is asked for, in turn; client i begins at its own place.</param>
    /// <param name="clients">How many ask at once.</param>
    /// <param name="warmUp">How long is asked before anything is counted.</param>
    /// <param name="duration">How long is counted.</param>
    /// <param name="source">The texts' language.</param>
    /// <param name="target">The wanted language.</param>
    internal static async Task<LoadResult> RunAsync(Uri address, IReadOnlyList<string> texts, int clients, TimeSpan warmUp, TimeSpan duration, string source, string target)
    {
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = clients };
        using HttpClient client = new(handler) { BaseAddress = address };
        long begin = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        long end = begin + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        List<double>[] latencies = await Task.WhenAll(Enumerable.Range(0, clients).Select(
            number => AskAsync(client, texts, number * texts.Count / clients, begin, end, source, target))).ConfigureAwait(false);
        return LoadResult.Of([.. latencies.SelectMany(one => one)], duration);
    }

    /// <summary>Asks a number of times in all.</summary>
    /// <param name="address">The server.</param>
    /// <param name="texts">What is asked for, in turn.</param>
    /// <param name="clients">How many ask at once.</param>
    /// <param name="requests">How many requests in all.</param>
    /// <param name="source">The texts' language.</param>
    /// <param name="target">The wanted language.</param>
    internal static async Task CountAsync(Uri address, IReadOnlyList<string> texts, int clients, int requests, string source, string target)
    {
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = clients };
        using HttpClient client = new(handler) { BaseAddress = address };
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < requests)
            {
                await AskAsync(client, texts[number % texts.Count], source, target).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
    }

    /// <summary>A request for a translation.</summary>
    internal static HttpContent Body(string text, string source, string target)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter writer = new(body))
        {
            writer.WriteStartObject();
            writer.WriteString("q", text);
            writer.WriteString("source", source);
            writer.WriteString("target", target);
            writer.WriteEndObject();
        }

        return new StringContent(Encoding.UTF8.GetString(body.ToArray()), Encoding.UTF8, "application/json");
    }

    private static async Task<List<double>> AskAsync(HttpClient client, IReadOnlyList<string> texts, int next, long begin, long end, string source, string target)
    {
        List<double> milliseconds = [];
        while (true)
        {
            long asked = Stopwatch.GetTimestamp();
            if (asked >= end)
            {
                return milliseconds;
            }

            await AskAsync(client, texts[next++ % texts.Count], source, target).ConfigureAwait(false);
            if (asked >= begin)
            {
                milliseconds.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        }
    }

    private static async Task AskAsync(HttpClient client, string text, string source, string target)
    {
        using HttpContent body = Body(text, source, target);
        using HttpResponseMessage answer = await client.PostAsync("translate", body).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    }
}
