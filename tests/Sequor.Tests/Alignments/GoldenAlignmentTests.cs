using Sequor.Alignments;
using Sequor.Testing;

namespace Sequor.Tests.Alignments;

/// <summary>Expectation maximisation against a program of its own that only has the formulas: tools/golden/alignments.py.</summary>
public class GoldenAlignmentTests
{
    private const int Words = 13;

    private static readonly Dictionary<string, AlignerOptions> _options = new()
    {
        ["model1"] = AlignerOptions.Model1,
        ["diagonal"] = new AlignerOptions { OptimizeTension = false, Concentration = null },
        ["fitted"] = new AlignerOptions { Concentration = null },
        ["bayes"] = new AlignerOptions(),
        ["without_null"] = new AlignerOptions { Concentration = null, NullProbability = 0 },
    };

    [Theory]
    [InlineData("model1")]
    [InlineData("diagonal")]
    [InlineData("fitted")]
    [InlineData("bayes")]
    [InlineData("without_null")]
    public void Tables_likelihoods_tensions_links_and_scores_are_those_of_the_formulas(string name)
    {
        GoldenFile golden = GoldenFile.Open("alignments.safetensors");
        AlignmentCorpus corpus = Corpus(golden);
        List<AlignerProgress> passes = [];

        WordAligner aligner = WordAligner.Train(corpus, _options[name], AlignmentDirections.Forward, passes.Add, TestContext.Current.CancellationToken);

        GoldenFile.Close(golden.Floats($"{name}.likelihoods"), [.. passes.Select(pass => (float)pass.LogLikelihood)], "log-likelihood");
        GoldenFile.Close(golden.Floats($"{name}.tensions"), [.. passes.Select(pass => (float)pass.Tension)], "tension");
        GoldenFile.Close(golden.Floats($"{name}.table"), Table(aligner, withNone: name != "without_null", golden.Floats($"{name}.table")), "p(target | source)");
        List<int> links = [];
        List<float> scores = [];
        for (int pair = 0; pair < corpus.Count; pair++)
        {
            int[] own = new int[corpus.Target(pair).Length];
            scores.Add((float)aligner.Forward!.Align(corpus.Source(pair), corpus.Target(pair), own));
            links.AddRange(own);
        }

        Assert.Equal(golden.Ints($"{name}.links"), links);
        GoldenFile.Close(golden.Floats($"{name}.scores"), [.. scores], "scores");
    }

    private static AlignmentCorpus Corpus(GoldenFile golden)
    {
        AlignmentCorpus corpus = new(Numbers(), Numbers());
        (int source, int target) = (0, 0);
        foreach ((int sources, int targets) in golden.Ints("source_lengths").Zip(golden.Ints("target_lengths")))
        {
            corpus.Add(golden.Ints("source").AsSpan(source, sources), golden.Ints("target").AsSpan(target, targets));
            (source, target) = (source + sources, target + targets);
        }

        return corpus;
    }

    private static WordNumbers Numbers() => new(Enumerable.Range(0, Words).Select(word => $"{word}"));

    // Probabilities below 1e-9 are not kept; the golden ones are taken there.
    private static float[] Table(WordAligner aligner, bool withNone, float[] golden)
    {
        float[] table = new float[golden.Length];
        for (int row = 0; row < Words; row++)
        {
            for (int word = 0; word < Words; word++)
            {
                double probability = row == 0 ? aligner.Forward!.ProbabilityOfNone(word) : aligner.Forward!.Probability(row - 1, word);
                int place = (row * Words) + word;
                table[place] = probability > DirectedAligner.LeastProbability && (row > 0 || withNone) ? (float)probability : golden[place] <= 1e-9f || row == 0 ? golden[place] : 0;
            }
        }

        return table;
    }
}
