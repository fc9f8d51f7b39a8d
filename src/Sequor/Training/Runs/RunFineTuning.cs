using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Decoding;
using Sequor.Models;
using Sequor.Scoring;
using Sequor.Text;
using Sequor.Training.Reports;

namespace Sequor.Training.Runs;

/// <summary>What fine-tuning has won on the new text, and what it has lost on the parent's own test set.</summary>
internal static class RunFineTuning
{
    private const string OldTest = "the parent's test set";

    internal static FineTuningComparison Compare(
        RunSetup setup, string parentPath, string newSet, IReadOnlyList<SentencePair> newPairs, Action<string> message)
    {
        using ModelDirectory directory = ModelDirectory.Open(parentPath);
        SequorConfiguration configuration = directory.Configuration;
        Tokenizer[] tokenizers = [.. directory.VocabularyPaths.Select(Tokenizer.Load)];
        using EncoderDecoder parent = configuration.Model.Build(tokenizers[0].Vocabulary.Size, tokenizers[^1].Vocabulary.Size, seed: 0);
        ParameterTensors.Load(directory.Weights, parent.Parameters);
        using var before = new Generator(parent, tokenizers[0], tokenizers[^1], configuration.ToGeneratorOptions());
        SearchOptions search = setup.Configuration.Decoding.ToSearchOptions();
        List<FineTuningScore> scores = [Score(newSet, newPairs, before, setup.Generator, search)];
        if (configuration.Data.Test is { } test)
        {
            try
            {
                scores.Add(Score(OldTest, RunData.HeldOutPairs(test, configuration.Data), before, setup.Generator, search));
            }
            catch (CorpusException fault)
            {
                message($"what was lost on {OldTest} is not known: {fault.Message}");
            }
        }

        return new FineTuningComparison(parentPath, scores);
    }

    private static FineTuningScore Score(
        string name, IReadOnlyList<SentencePair> pairs, Generator before, Generator after, SearchOptions search) => new()
        {
            TestSet = name,
            Metric = "BLEU",
            Parent = Bleu(pairs, before, search),
            Tuned = Bleu(pairs, after, search),
        };

    private static double Bleu(IReadOnlyList<SentencePair> pairs, Generator generator, SearchOptions search)
    {
        string[] outputs = [.. generator.Generate([.. pairs.Select(pair => pair.Source)], search).Select(output => output.Text)];
        return new Bleu().ScoreCorpus(outputs, [[.. pairs.Select(pair => pair.Target)]]).Score;
    }
}
