using System.Globalization;
using Sequor.Configuration;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

namespace Sequor.Cli.Quickstart;

/// <summary>From nothing to a translator in minutes: trains on the pairs that the program carries, translates, scores, reports.</summary>
internal static class QuickstartRun
{
    private const double TrainingSeconds = 232;

    // Room for validation, checkpoints and a machine that slows down: better to end early than with a high learning rate.
    private const double ScheduledShare = 0.95;

    /// <summary>Sentences that stand neither in the training pairs nor in the dev set.</summary>
    internal static readonly IReadOnlyList<string> Unseen =
    [
        "She has two brothers.",
        "The train was late again.",
        "Do you want to drink something?",
        "We are going to the beach tomorrow.",
        "My father is older than your mother.",
        "The children are playing in the garden.",
        "Why didn't you call me yesterday?",
        "Do you know where my brother is?",
    ];

    /// <summary>Runs the quickstart.</summary>
    /// <param name="directory">Where its files go.</param>
    /// <param name="output">Gets translations and the last two lines.</param>
    /// <param name="listener">Shows the training.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Asks for a stop.</param>
    internal static void Run(string directory, TextWriter output, ITrainingListener listener, TimeProvider time, CancellationToken stop)
    {
        long started = time.GetTimestamp();
        var options = new TrainingRunOptions { Directory = directory, Resume = false, Command = "sequor quickstart", Time = time };
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        string data = Path.Combine(directory, "data");
        QuickstartFiles.Unpack(data);
        SequorConfiguration configuration = Configuration(data);
        RunEstimate estimate = RunEstimate.Measure(configuration, options, listener.Message, stop);
        double seconds = TrainingSeconds - time.GetElapsedTime(started).TotalSeconds;
        configuration = configuration with
        {
            Training = configuration.Training with
            {
                // The schedule ends when the time does, on a slow machine as on a fast one.
                MaxUpdates = Math.Max(100, (long)(ScheduledShare * seconds / estimate.SecondsPerUpdate)),
                MaxMinutes = seconds / 60,
            },
        };
        TrainingRunResult result = TrainingRun.Train(configuration, options, listener, stop);
        stop.ThrowIfCancellationRequested();
        using (Translator translator = Translator.Load(directory))
        {
            IReadOnlyList<string> translations = translator.Translate(Unseen);
            for (int i = 0; i < Unseen.Count; i++)
            {
                output.WriteLine($"{Unseen[i]}  →  {translations[i]}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"BLEU = {result.Metrics[0].Score:F1}"));
        output.WriteLine($"report = {result.ReportPath}");
    }

    private static SequorConfiguration Configuration(string data) => new()
    {
        Name = "Quickstart: English to German",
        Data = new DataConfiguration
        {
            SourceLanguage = "en",
            TargetLanguage = "de",
            Train = [new CorpusConfiguration { Source = Path.Combine(data, "train.en"), Target = Path.Combine(data, "train.de") }],
            Dev = new CorpusConfiguration { Source = Path.Combine(data, "dev.en"), Target = Path.Combine(data, "dev.de") },
        },
        // Every character: at the usual coverage German would lose its capital umlauts.
        Vocabulary = new VocabularyConfiguration { Size = 6000, CharacterCoverage = 1 },
        Model = ModelConfiguration.For(PresetChoice.TransformerTiny) with { EncoderLayers = 3, DecoderLayers = 3, Dropout = 0 },
        Training = new TrainingConfiguration
        {
            LearningRate = 0.005,
            Schedule = ScheduleChoice.Cosine,
            WarmupUpdates = 200,
            BatchTokens = 2048,
            EmaDecay = 0.99,
            ValidateEvery = 500,
            ValidationSentences = 0,
            CheckpointEvery = 500,
            KeepCheckpoints = 1,
            LogEvery = 10,
        },
        Decoding = new DecodingConfiguration { Beam = 4 },
    };
}
