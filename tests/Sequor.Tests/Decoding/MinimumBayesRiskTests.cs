using Sequor.Decoding;
using Sequor.Models.Transformer;
using Sequor.Scoring;
using Sequor.Text;

namespace Sequor.Tests.Decoding;

/// <summary>Of many samples the one that is most like the others.</summary>
public sealed class MinimumBayesRiskTests
{
    private static readonly Tokenizer _tokenizer = WordTokenizer.Build(["a b c d e f g h"], 20);

    [Theory]
    [InlineData("chrf")]
    [InlineData("chrf++")]
    [InlineData("bleu")]
    public void The_chosen_output_has_the_greatest_mean_utility_worked_out_one_by_one(string utility)
    {
        using TransformerModel model = TinyModels.Make(_tokenizer.Vocabulary.Size, 7);
        using var generator = new Generator(model, _tokenizer, _tokenizer);
        ICorpusMetric metric = utility switch { "chrf" => new ChrF(), "chrf++" => new ChrF(ChrFOptions.PlusPlus), _ => new Bleu(new BleuOptions { EffectiveOrder = true }) };
        var sampling = new SamplingSearchOptions { Seed = 5, Temperature = 3 };

        IReadOnlyList<string> samples = [.. generator.Generate(["a b c d"], sampling with { NBest = 24 }, cancellation: TestContext.Current.CancellationToken)[0].Hypotheses.Select(one => one.Text)];
        GeneratedText chosen = generator.Generate(["a b c d"], new MinimumBayesRiskOptions { Sampling = sampling, Samples = 24, Utility = metric, NBest = 3 }, cancellation: TestContext.Current.CancellationToken)[0];

        double Mean(string text) => samples.Average(other => metric.ScoreSentence(text, other).Score);
        Assert.True(samples.Distinct().Count() > 5);
        Assert.Equal(samples.Max(Mean), Mean(chosen.Text), 1e-9);
        Assert.Equal(Mean(chosen.Text), chosen.Hypotheses[0].Hypothesis.Score, 1e-9);
        Assert.Equal(3, chosen.Hypotheses.Count);
        Assert.Equal([.. chosen.Hypotheses.Select(one => one.Hypothesis.Score).OrderDescending()], chosen.Hypotheses.Select(one => one.Hypothesis.Score));
    }

    [Fact]
    public void An_error_is_no_utility_and_one_sample_is_no_choice()
    {
        IReadOnlyList<string> faults = new MinimumBayesRiskOptions { Samples = 1, Utility = new Ter() }.Validate();
        Assert.Contains("1 samples are to be compared", faults[0], StringComparison.Ordinal);
        Assert.Contains("ter is an error, of which less is better", faults[1], StringComparison.Ordinal);
    }
}
