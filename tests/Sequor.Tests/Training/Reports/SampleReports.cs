using Sequor.Training.Logs;
using Sequor.Training.Reports;

namespace Sequor.Tests.Training.Reports;

/// <summary>A report with everything in it, of a training that never was.</summary>
internal static class SampleReports
{
    public const int Updates = 4200;

    private static readonly string[] _parts =
    [
        "embedding",
        .. Enumerable.Range(0, 4).SelectMany(i => new[] { $"encoder.layers.{i}.self_attention", $"encoder.layers.{i}.feed_forward" }),
        .. Enumerable.Range(0, 4).SelectMany(i => new[] { $"decoder.layers.{i}.self_attention", $"decoder.layers.{i}.cross_attention", $"decoder.layers.{i}.feed_forward" }),
        "output",
    ];

    public static TrainingReport Full() => new()
    {
        Title = "English to German, transformer-tiny",
        Description = "Trained from random weights on short everyday sentences, on two processor cores.",
        Command = "sequor train --src train.en --tgt train.de --out models/en-de --max-seconds 240",
        Finished = new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.FromHours(1)),
        ConfigurationYaml = "model:\n  preset: transformer-tiny\n  dropout: 0.1   # <- residual, attention & activations\ntraining:\n  seed: 1\n  batch_tokens: 2048\n  schedule: inverse_square_root\n  warmup_updates: 400\n  learning_rate: 0.002\n",
        Warnings = ["12 pairs with the same text on both sides were kept.", "The held-out set has fewer than 1,000 pairs: its BLEU moves by a point or two by chance."],
        Summary = new TrainingSummary { EndedBy = TrainingEnd.TimeLimit, Update = Updates, Epoch = 9, ElapsedSeconds = 240.4, TargetTokens = 2_763_000 },
        Updates = [.. Enumerable.Range(1, Updates / 3).Select(i => Update(3 * i))],
        Validations = [.. Enumerable.Range(1, 14).Select(i => Validation(300 * i))],
        Metrics =
        [
            new() { Name = "BLEU", TestSet = "held-out, 500 pairs", Score = 25.31, ConfidenceLow = 23.42, ConfidenceHigh = 27.2, Signature = "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.4.3" },
            new() { Name = "chrF", TestSet = "held-out, 500 pairs", Score = 46.02, ConfidenceLow = 44.4, ConfidenceHigh = 47.6, Signature = "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.4.3" },
            new() { Name = "TER", TestSet = "held-out, 500 pairs", Score = 58.77, Signature = "nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.4.3" },
        ],
        Samples = Samples,
        Attention = [Attention("decoder layer 4, mean of all heads", ["▁Where", "▁is", "▁the", "▁station", "?", "</s>"], ["▁Wo", "▁ist", "▁der", "▁Bahnhof", "?", "</s>"], heads: 1), Attention("decoder layer 3", ["▁I", "▁have", "▁never", "▁seen", "▁that", "▁before", ".", "</s>"], ["▁Das", "▁habe", "▁ich", "▁noch", "▁nie", "▁gesehen", ".", "</s>"], heads: 2)],
        FineTuning = new FineTuningComparison("models/en-de-general", [new() { TestSet = "new domain, 400 pairs", Metric = "BLEU", Parent = 18.42, Tuned = 29.87 }, new() { TestSet = "old test set, 1,000 pairs", Metric = "BLEU", Parent = 40.12, Tuned = 37.05 }, new() { TestSet = "old test set, 1,000 pairs", Metric = "TER", Parent = 44.5, Tuned = 46.75, LowerIsBetter = true }]),
        Data =
        [
            new() { Name = "training", Kept = 58_412, SourceTokens = 512_345, TargetTokens = 534_210, Source = "Tatoeba, CC BY 2.0 FR", Dropped = [new("longer than 12 words", 1203), new("length ratio above 3", 211), new("also in the held-out set", 87), new("empty on one side", 3)] },
            new() { Name = "held-out", Kept = 500, SourceTokens = 4312, TargetTokens = 4544, Source = "Tatoeba, CC BY 2.0 FR" },
        ],
        Model = new ModelSummary
        {
            Name = "transformer-tiny",
            Parts = [.. _parts.Select((part, i) => new ModelPart(part, i == 0 ? 768_000 : part == "output" ? 6000 : 66_000 + (i % 3 * 128)))],
            SourceVocabulary = 6000,
            TargetVocabulary = 6000,
            WeightsSha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
        Machine = new MachineDescription { Processor = "AMD EPYC 9B45 64-Core Processor", Processors = 2, MemoryBytes = 25_000_000_000, OperatingSystem = "Debian GNU/Linux 12 (bookworm)", Runtime = ".NET 10.0.1", InstructionSets = "AVX-512F, AVX-512VNNI (512-bit vectors)", Threads = 2 },
    };

    private static SampleTranslation[] Samples =>
    [
        Sample("Where is the station?", "Wo ist der Bahnhof?", "Wo ist der Bahnhof?", 100),
        Sample("I have never seen that before.", "Das habe ich noch nie gesehen.", "Ich habe das noch nie zuvor gesehen.", 31.6),
        Sample("Tom didn't know what Mary wanted to buy.", "Tom wusste nicht, was Maria kaufen wollte.", "Tom wusste nicht, was Maria kaufen wollte.", 100),
        Sample("She writes \"<b>bold</b>\" & smiles 🙂.", "Sie schreibt „<b>fett</b>“ & lächelt 🙂.", "Sie schreibt fett und lächelt.", 12.3),
        new() { Source = "שלום, מה שלומך היום?", SourceLanguage = "he", Hypothesis = "Hallo, wie geht es dir heute?", Reference = "Hallo, wie geht es Ihnen heute?", Score = 59.5, TargetLanguage = "de" },
        new() { Source = "我想喝水。", SourceLanguage = "zh", Hypothesis = "Ich möchte Wasser trinken.", TargetLanguage = "de" },
    ];

    public static AttentionMap Attention(string title, string[] source, string[] target, int heads) => new()
    {
        Title = title,
        SourceTokens = source,
        TargetTokens = target,
        Heads = [.. Enumerable.Range(0, heads).Select(head => new AttentionHead(heads == 1 ? "" : $"head {head + 1}", Weights(source.Length, target.Length, head)))],
    };

    private static SampleTranslation Sample(string source, string reference, string hypothesis, double score) =>
        new() { Source = source, Reference = reference, Hypothesis = hypothesis, Score = score, SourceLanguage = "en", TargetLanguage = "de" };

    private static float[] Weights(int sources, int targets, int head)
    {
        float[] weights = new float[sources * targets];
        for (int row = 0; row < targets; row++)
        {
            double peak = (row * (sources - 1.0) / Math.Max(1, targets - 1)) + (head * 0.8);
            double[] scores = [.. Enumerable.Range(0, sources).Select(column => Math.Exp(-1.3 * Math.Abs(column - peak)))];
            for (int column = 0; column < sources; column++)
            {
                weights[(row * sources) + column] = (float)(scores[column] / scores.Sum());
            }
        }

        return weights;
    }

    private static TrainingLogEntry Update(int update)
    {
        double loss = 2.1 + (6.4 * Math.Exp(-update / 700.0)) + (0.35 * Noise(update)) + (update == 2100 ? 1.6 : 0);
        return new TrainingLogEntry
        {
            Update = update,
            Epoch = 1 + (update / 470),
            Loss = loss,
            Nll = loss - 0.4,
            Perplexity = Math.Exp(loss - 0.4),
            LearningRate = 0.002 * Math.Min(update / 400.0, Math.Sqrt(400.0 / update)),
            GradientNorm = 0.4 + (4 * Math.Exp(-update / 250.0)) + (0.3 * Math.Abs(Noise(update + 7))) + (update == 2100 ? 9 : 0),
            TargetTokensPerSecond = 11_500 + (700 * Noise(update + 3)) - (update % 600 < 9 ? 4200 : 0),
            ElapsedSeconds = update * 240.0 / Updates,
            GradientNormByLayer = update % 15 == 0 ? [.. _parts.Select((part, i) => new NamedNorm(part, Norm(update, i)))] : [],
        };
    }

    private static double Norm(int update, int part) =>
        (0.02 + (0.06 * Math.Exp(-update / 400.0))) * Math.Exp(0.8 * Math.Sin(part * 1.7)) * Math.Exp(0.25 * Noise(update + (31 * part)));

    private static ValidationEntry Validation(int update)
    {
        double loss = 2.05 + (6.2 * Math.Exp(-update / 740.0)) + (0.02 * Noise(update));
        return new ValidationEntry
        {
            Update = update,
            Epoch = 1 + (update / 470),
            Loss = loss,
            Nll = loss - 0.38,
            Perplexity = Math.Exp(loss - 0.38),
            Accuracy = 0.66 - (0.58 * Math.Exp(-update / 900.0)),
            Bleu = 25.6 * (1 - Math.Exp(-update / 1100.0)),
            Chrf = 46.4 * (1 - Math.Exp(-update / 800.0)),
            IsBest = true,
            ElapsedSeconds = update * 240.0 / Updates,
        };
    }

    // A fixed sequence without pattern, from -1 to 1.
    private static double Noise(int i)
    {
        double value = Math.Sin(i * 12.9898) * 43758.5453;
        return (2 * (value - Math.Floor(value))) - 1;
    }
}
