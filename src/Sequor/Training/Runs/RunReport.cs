using Sequor.Batching;
using Sequor.Configuration;
using Sequor.Decoding;
using Sequor.Models;
using Sequor.Models.Transformer;
using Sequor.Scoring;
using Sequor.Tensors.Autograd;
using Sequor.Training.Logs;
using Sequor.Training.Reports;

namespace Sequor.Training.Runs;

/// <summary>The report of a run.</summary>
internal static class RunReport
{
    private const int Samples = 20;
    private const int Maps = 6;
    private const int LongestMap = 24;

    internal static TrainingReport Of(RunSetup setup, TrainingRunOptions options, TrainingSummary summary, string testSet, RunScores scored)
    {
        SequorConfiguration configuration = setup.Configuration;
        TrainingLog log = TrainingLog.Read(options.Directory);
        return new TrainingReport
        {
            Title = configuration.Name.Length > 0 ? configuration.Name : "A trained model",
            Command = options.Command,
            Finished = options.Time.GetUtcNow(),
            ConfigurationYaml = configuration.ToYaml(),
            Summary = summary,
            Updates = log.Updates,
            Validations = log.Validations,
            Metrics = [.. scored.Metrics.Select(metric => new Reports.MetricResult
            {
                Name = metric.Name,
                TestSet = testSet,
                Score = metric.Score,
                Signature = metric.Signature,
                ConfidenceLow = metric.Confidence?.Low,
                ConfidenceHigh = metric.Confidence?.High,
            })],
            Samples = SamplesOf(scored, configuration.Data),
            Attention = [.. scored.Outputs.Where(HasMap).Take(Maps).Select(output => MapOf(output, setup.Model))],
            Data = [DataOf(setup.Corpus.Report)],
            Model = ModelOf(setup),
            Machine = RunCard.MachineOf(setup),
        };
    }

    private static SampleTranslation[] SamplesOf(RunScores scored, DataConfiguration data)
    {
        // Spread over the whole set, so that the first lines of a sorted file do not stand for all.
        int every = Math.Max(1, scored.Outputs.Count / Samples);
        var bleu = new Bleu(new BleuOptions { EffectiveOrder = true });
        return [.. Enumerable.Range(0, scored.Outputs.Count).Where(i => i % every == 0).Take(Samples).Select(i => new SampleTranslation
        {
            Source = scored.Outputs[i].Source,
            Hypothesis = scored.Outputs[i].Text,
            Reference = scored.References[i],
            Score = bleu.ScoreSentence(scored.Outputs[i].Text, scored.References[i]).Score,
            SourceLanguage = data.SourceLanguage,
            TargetLanguage = data.TargetLanguage,
        })];
    }

    private static bool HasMap(GeneratedText output) =>
        output.Hypotheses.Count > 0 && output.Hypotheses[0].Hypothesis.Attention is { Count: > 3 and <= LongestMap } rows && rows[0].Length <= LongestMap;

    private static AttentionMap MapOf(GeneratedText output, EncoderDecoder model)
    {
        AttentionMap map = AttentionMap.Of(output)!;
        return model is TransformerModel ? map with { Heads = [map.Heads[0] with { Name = "last layer, mean over heads" }] } : map;
    }

    private static DataSummary DataOf(CorpusReport report) => new()
    {
        Name = "training",
        Kept = report.PairsKept,
        Dropped = [.. report.AllDropped.Select(dropped => new DroppedPairs(dropped.Reason.ToString(), dropped.Pairs))],
        SourceTokens = report.Source.Tokens,
        TargetTokens = report.Target.Tokens,
    };

    private static ModelSummary ModelOf(RunSetup setup)
    {
        var parts = new List<ModelPart>();
        foreach (IGrouping<string, Parameter> part in setup.Model.Parameters.All.GroupBy(parameter => parameter.Names[0].Split('.')[0]))
        {
            parts.Add(new ModelPart(part.Key, part.Sum(parameter => parameter.Shape.Count)));
        }

        return new ModelSummary
        {
            Name = setup.Configuration.Model.Preset.ToString(),
            Parts = parts,
            SourceVocabulary = setup.Vocabularies.Source.Vocabulary.Size,
            TargetVocabulary = setup.Vocabularies.Target.Vocabulary.Size,
        };
    }
}
