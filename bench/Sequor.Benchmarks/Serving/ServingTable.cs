using System.Diagnostics;
using System.Globalization;
using Sequor.Decoding;

namespace Sequor.Benchmarks.Serving;

/// <summary>How fast callers are answered, in this process: one translator whose callers take turns, and one that decodes them together.</summary>
internal static class ServingTable
{
    private const int Rounds = 5;

    private static readonly (string Name, SearchOptions Search)[] _searches = [("greedy", new GreedySearchOptions()), ("beam 5", new BeamSearchOptions())];

    /// <summary>Prints the table in Markdown.</summary>
    /// <param name="output">Where.</param>
    /// <param name="model">A model directory.</param>
    /// <param name="texts">One text a line.</param>
    /// <param name="seconds">How long each row is measured.</param>
    /// <param name="clients">How many callers ask at once; each asks again as soon as it is answered.</param>
    /// <param name="workers">Decoding threads of the translator that decodes together.</param>
    /// <param name="wait">How long its newcomers may wait for more, in milliseconds.</param>
    internal static async Task PrintAsync(TextWriter output, string model, string texts, double seconds, int[] clients, int workers, double wait)
    {
        string[] lines = await File.ReadAllLinesAsync(texts);
        using Translator alone = Translator.Load(model);
        using var together = BatchingTranslator.Load(model, new BatchingOptions { Workers = workers, MaximumWait = TimeSpan.FromMilliseconds(wait) });
        await output.WriteLineAsync("| search | clients | translator | texts/s | p50 ms | p95 ms | p99 ms |\n| --- | --- | --- | --- | --- | --- | --- |");
        foreach ((string name, SearchOptions search) in _searches)
        {
            Task Turns(string text) => Task.FromResult(alone.Generate([text], search));
            Task Batched(string text) => together.GenerateAsync(new GenerationJob(text) { Search = search });
            (string Kind, int Clients, Func<string, Task> Ask)[] rows = [("one at a time", 1, Turns), .. clients.Select(count => ("together", count, (Func<string, Task>)Batched))];
            var rates = new List<double>[rows.Length];
            var times = new List<double>[rows.Length];

            // Rounds of all rows in turn: a machine that others slow down slows all rows alike. The first round warms up.
            for (int round = 0; round <= Rounds; round++)
            {
                for (int row = 0; row < rows.Length; row++)
                {
                    (double rate, List<double> own) = await MeasureAsync(rows[row].Ask, lines, rows[row].Clients, seconds / Rounds);
                    if (round > 0)
                    {
                        (rates[row] ??= []).Add(rate);
                        (times[row] ??= []).AddRange(own);
                    }
                }
            }

            for (int row = 0; row < rows.Length; row++)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {rows[row].Clients} | {rows[row].Kind} | {At(rates[row], 0.5):N0} | {At(times[row], 0.5):N2} | {At(times[row], 0.95):N2} | {At(times[row], 0.99):N2} |"));
            }
        }
    }

    private static async Task<(double Rate, List<double> Milliseconds)> MeasureAsync(Func<string, Task> ask, string[] lines, int clients, double seconds)
    {
        int next = -1;
        var clock = Stopwatch.StartNew();
        double[][] times = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            List<double> own = [];
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                string text = lines[Interlocked.Increment(ref next) % lines.Length];
                long start = Stopwatch.GetTimestamp();
                await ask(text);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return own.ToArray();
        })));
        List<double> all = [.. times.SelectMany(own => own)];
        return (all.Count / clock.Elapsed.TotalSeconds, all);
    }

    private static double At(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[(int)(share * (values.Count - 1))];
    }
}
