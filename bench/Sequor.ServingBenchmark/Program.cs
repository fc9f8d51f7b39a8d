using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Sequor;
using Sequor.ServingBenchmark;

Option<string> program = new("--program") { Description = "The command sequor, as it is installed or built.", Required = true };
Option<string> model = new("--model") { Description = "The directory of the model.", Required = true };
Option<string> text = new("--text") { Description = "Sentences to translate, one a line.", Required = true };
Option<int[]> clients = new("--clients") { Description = "Clients at once.", DefaultValueFactory = _ => [1, 8, 32, 128], AllowMultipleArgumentsPerToken = true };
Option<double> seconds = new("--seconds") { Description = "Seconds counted for each row.", DefaultValueFactory = _ => 10 };
Option<int> soak = new("--soak") { Description = "Requests over which memory is watched; 0 for none.", DefaultValueFactory = _ => 0 };
Option<string[]> batched = new("--batched") { Description = "More options of 'serve' with dynamic batching.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
Option<string[]> single = new("--single") { Description = "Options of 'serve' for one at a time.", DefaultValueFactory = _ => ["--batch-sentences=1"], AllowMultipleArgumentsPerToken = true };
RootCommand root = new("Measures 'sequor serve': throughput and latency by the number of clients, with dynamic batching and one at a time.")
{
    program, model, text, clients, seconds, soak, batched, single,
};
root.SetAction(async (given, _) =>
{
    string[] texts = [.. File.ReadLines(given.GetValue(text)!).Where(line => line.Trim().Length > 0)];
    string path = given.GetValue(model)!;
    (string source, string target) = Languages(path);
    HttpContent Body(string one) => Load.Body(one, source, target);
    TimeSpan duration = TimeSpan.FromSeconds(given.GetValue(seconds));
    Console.WriteLine(Invariant($"Bare translator, one text after the other: p50 {BareMedian(path, texts, duration):F2} ms"));
    foreach ((string name, string[] options) in ((string, string[])[])[("dynamic batching", given.GetValue(batched)!), ("one at a time", given.GetValue(single)!)])
    {
        await using ServerProcess server = await ServerProcess.StartAsync(given.GetValue(program)!, path, options, Body);
        Console.WriteLine(Invariant($"\n{name} ({string.Join(' ', options)}): first answer {server.FirstAnswer.TotalMilliseconds:F0} ms after the start of the process\n"));
        Console.WriteLine("| clients | requests/s | p50 ms | p95 ms | p99 ms | answers |\n| ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (int count in given.GetValue(clients)!)
        {
            LoadResult result = await Load.RunAsync(server.Address, texts, count, TimeSpan.FromSeconds(2), duration, source, target);
            Console.WriteLine(Invariant(
                $"| {count} | {result.RequestsPerSecond:F1} | {result.MedianMilliseconds:F2} | {result.Percentile95Milliseconds:F2} | {result.Percentile99Milliseconds:F2} | {result.Answers} |"));
        }

        Console.WriteLine(Invariant($"\nresident at the end: {server.ResidentBytes / 1e6:F0} MB"));
    }

    await Soak(given.GetValue(program)!, path, given.GetValue(batched)!, given.GetValue(soak), texts, source, target);
    return 0;
});
return await root.Parse(args).InvokeAsync();

static (string Source, string Target) Languages(string path)
{
    using Translator translator = Translator.Load(path);
    return (translator.Configuration.Data.SourceLanguage ?? "en", translator.Configuration.Data.TargetLanguage ?? "de");
}

static double BareMedian(string path, string[] texts, TimeSpan duration)
{
    using Translator translator = Translator.Load(path);
    for (int i = 0; i < 200; i++)
    {
        translator.Translate(texts[i % texts.Length]);
    }

    List<double> milliseconds = [];
    long begun = Stopwatch.GetTimestamp();
    for (int i = 0; Stopwatch.GetElapsedTime(begun) < duration; i++)
    {
        long asked = Stopwatch.GetTimestamp();
        translator.Translate(texts[i % texts.Length]);
        milliseconds.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
    }

    return LoadResult.Of([.. milliseconds], duration).MedianMilliseconds;
}

static async Task Soak(string program, string path, string[] options, int requests, string[] texts, string source, string target)
{
    if (requests == 0)
    {
        return;
    }

    await using ServerProcess server = await ServerProcess.StartAsync(program, path, options, one => Load.Body(one, source, target));
    Console.WriteLine("\n| requests answered | resident MB |\n| ---: | ---: |");
    const int Parts = 10;
    for (int part = 1; part <= Parts; part++)
    {
        await Load.CountAsync(server.Address, texts, 32, requests / Parts, source, target);
        Console.WriteLine(Invariant($"| {part * (requests / Parts)} | {server.ResidentBytes / 1e6:F0} |"));
    }
}

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
