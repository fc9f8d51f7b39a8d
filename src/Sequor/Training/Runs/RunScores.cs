using Sequor.Batching;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Scoring;

namespace Sequor.Training.Runs;

/// <summary>What the finished model wrote for held-out sources, and its scores.</summary>
/// <param name="Outputs">The outputs, with attention.</param>
/// <param name="References">Their references.</param>
/// <param name="Metrics">BLEU and chrF with confidence intervals; of a language model, perplexity.</param>
internal sealed record RunScores(
    IReadOnlyList<GeneratedText> Outputs, IReadOnlyList<string> References, IReadOnlyList<MetricResult> Metrics)
{
    internal static RunScores None { get; } = new([], [], []);

    internal static RunScores Of(RunSetup setup, IReadOnlyList<SentencePair> pairs)
    {
        if (setup.Configuration.Data.IsLanguageModel)
        {
            return new RunScores([], [], [PerplexityOf(setup, pairs)]);
        }

        SearchOptions search = setup.Configuration.Decoding.ToSearchOptions();
        IReadOnlyList<GeneratedText> outputs = setup.Generator.Generate([.. pairs.Select(pair => pair.Source)], search with { RecordAttention = true });
        string[] references = [.. pairs.Select(pair => pair.Target)];
        string[] texts = [.. outputs.Select(output => output.Text)];
        IReadOnlyList<IReadOnlyList<string?>> sets = [references];
        return new RunScores(outputs, references, [Scored(new Bleu(), texts, sets), Scored(new ChrF(), texts, sets)]);
    }

    /// <summary>Perplexity of each piece, ends of sentences included: nothing else can be said of a model that has no source.</summary>
    private static MetricResult PerplexityOf(RunSetup setup, IReadOnlyList<SentencePair> pairs)
    {
        using Validation validation = setup.OpenValidation(pairs, decodedMost: 0);
        return new MetricResult
        {
            Key = "perplexity",
            Name = "perplexity",
            Score = validation.Measure(update: 0, epoch: 1).Perplexity,
            Signature = $"unit:piece|vocabulary:{setup.Vocabularies.Target.Vocabulary.Size.ToString(System.Globalization.CultureInfo.InvariantCulture)}|ends:yes",
        };
    }

    private static MetricResult Scored(ICorpusMetric metric, string[] texts, IReadOnlyList<IReadOnlyList<string?>> references) =>
        Bootstrap.Describe(CorpusStatistics.Collect(metric, texts, references));
}
