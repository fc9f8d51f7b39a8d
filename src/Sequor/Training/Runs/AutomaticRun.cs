using System.Text;
using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Text.Training;

namespace Sequor.Training.Runs;

/// <summary>A run for two files of sentences and nothing else: vocabulary, preset, dev set and limits are chosen by what the files hold.</summary>
/// <param name="Configuration">The whole configuration, to be trained as it stands.</param>
/// <param name="Report">The pairs read, kept and dropped, and why.</param>
/// <param name="DevPairs">Pairs held out.</param>
/// <param name="Notice">What should be known of the dev set; null for nothing.</param>
public sealed record AutomaticRun(SequorConfiguration Configuration, CorpusReport Report, int DevPairs, string? Notice)
{
    private const double MostRatio = 4;
    private const int LongestPieces = 128;

    /// <summary>Reads the files, holds a dev set out into the run's directory, and chooses everything else.</summary>
    /// <param name="source">The source sentences, one a line; plain or gzip.</param>
    /// <param name="target">Their translations, line by line.</param>
    /// <param name="directory">The run's directory; gets <c>dev.source</c> and <c>dev.target</c>.</param>
    /// <param name="dev">A dev set to use instead of one held out; null for none.</param>
    /// <exception cref="CorpusException">A file cannot be read, the line counts differ, or too few pairs are left.</exception>
    public static AutomaticRun Plan(string source, string target, string directory, CorpusConfiguration? dev = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        DataConfiguration data = new()
        {
            Train = [new CorpusConfiguration { Source = source, Target = target }],
            Filters = new FilterConfiguration { MaxLength = LongestPieces, MaxRatio = MostRatio, DropDuplicates = true, DropIdentical = true },
            Dev = dev,
            ExcludeDev = true,
        };
        IReadOnlyList<Corpus> corpora = RunData.Corpora(data, aligned: false);
        CorpusOptions reading = RunData.Options(data);
        FilteredPairs pairs = new(corpora, reading);
        int held = 0;
        string? notice = null;
        if (dev is null)
        {
            HeldOutPairs choice = HoldOut.Choose(pairs, new HoldOutOptions { Pairs = DevSize(source) });
            (held, notice) = (choice.Dev.Count, choice.Notice);
            data = data with { Dev = Write(new FilteredPairs(corpora, reading).Where(pair => choice.Dev.Contains(pair.Number)), directory) };
        }
        else
        {
            foreach (NumberedPair _ in pairs)
            {
                // Reading is what fills the report.
            }
        }

        return new AutomaticRun(ConfigurationFor(data, pairs.Report.PairsKept - held, directory), pairs.Report, held, notice);
    }

    /// <summary>Looks for pairs that may be mistakes.</summary>
    /// <param name="configuration">Names the corpora and the dev set.</param>
    /// <param name="isDevHeldOut">Whether the dev set was taken from the corpora, so that its sentences stand there rightly.</param>
    public static SuspectPairs FindSuspects(SequorConfiguration configuration, bool isDevHeldOut = false)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IReadOnlyList<Corpus> corpora = RunData.Corpora(configuration.Data, aligned: false);
        CorpusOptions everything = RunData.Options(configuration.Data) with { Filters = new CorpusFilters() };
        return SuspectPairs.Find(
            new FilteredPairs(corpora, everything).Where(pair => !pair.IsTargetOnly), !isDevHeldOut && configuration.Data.Dev is { } dev ? RunData.HeldOutPairs(dev, configuration.Data) : null);
    }

    private static SequorConfiguration ConfigurationFor(DataConfiguration data, long pairs, string directory)
    {
        PresetChoice preset = pairs < 500_000 ? PresetChoice.TransformerTiny
            : pairs < 3_000_000 ? PresetChoice.TransformerSmall
            : PresetChoice.TransformerBase;

        // Small corpora are seen over and over: what keeps the model from learning them by heart must grow as they shrink.
        double dropout = pairs < 20_000 ? 0.3 : pairs < 100_000 ? 0.2 : 0.1;
        return new SequorConfiguration
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)),
            Data = data,
            // Rare capitals stay pieces, and what is rarer still is written as bytes: no character is ever unknown.
            Vocabulary = new VocabularyConfiguration { Size = VocabularySizing.Choose(pairs), CharacterCoverage = 0.9999, ByteFallback = true },
            Model = ModelConfiguration.For(preset) with { Dropout = dropout },
            Training = new TrainingConfiguration
            {
                LearningRate = preset == PresetChoice.TransformerTiny ? 0.003 : preset == PresetChoice.TransformerSmall ? 0.001 : 0.0007,
                WarmupUpdates = preset == PresetChoice.TransformerTiny ? 1000 : 4000,
                BatchTokens = 4096,
                EmaDecay = 0.999,
                MaxUpdates = preset == PresetChoice.TransformerTiny ? 30_000 : 100_000,
                EarlyStopping = new EarlyStoppingConfiguration { Metric = MetricChoice.Loss, Patience = 10 },
                KeepCheckpoints = 3,
            },
        };
    }

    /// <summary>Up to 1,000 pairs, and no more than a tenth; the size is guessed from the file so that it need not be read once more.</summary>
    private static int DevSize(string source) => (int)Math.Clamp(new FileInfo(source).Length / 40 / 20, 20, 1000);

    private static CorpusConfiguration Write(IEnumerable<NumberedPair> pairs, string directory)
    {
        Directory.CreateDirectory(directory);
        NumberedPair[] all = [.. pairs];
        string source = Path.Combine(directory, "dev.source");
        string target = Path.Combine(directory, "dev.target");
        AtomicFile.Write(source, stream => WriteLines(stream, all.Select(pair => pair.Source)));
        AtomicFile.Write(target, stream => WriteLines(stream, all.Select(pair => pair.Target)));
        return new CorpusConfiguration { Source = source, Target = target };
    }

    private static void WriteLines(Stream stream, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            stream.Write(Encoding.UTF8.GetBytes(line));
            stream.WriteByte((byte)'\n');
        }
    }
}
