using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class BleuTests
{
    // Expected scores: mjpost/sacrebleu, test/test_bleu.py, test_corpus_bleu_cases.
    [Theory]
    [InlineData("13a", "exp", 48.530827)]
    [InlineData("none", "exp", 49.1919566)]
    [InlineData("intl", "exp", 43.91623493)]
    [InlineData("13a", "none", 48.530827)]
    public void Corpus_scores_equal_sacrebleu(string tokenizer, string smoothing, double expected)
    {
        var bleu = new Bleu(new BleuOptions
        {
            Tokenizer = BleuTokenizers.Parse(tokenizer),
            Smoothing = BleuOptions.ParseSmoothing(smoothing),
        });

        Close(expected, bleu.ScoreCorpus(DogHypotheses, DogReferences).Score, 1e-6);
    }

    // Expected line: sacreBLEU's README, BLEU().corpus_score(sys, refs) and get_signature().
    [Fact]
    public void The_printed_line_is_sacrebleus()
    {
        MetricResult result = new Bleu().ScoreCorpus(DogHypotheses, DogReferences);

        Assert.Equal(
            "BLEU|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:sequor-0.1.0 = 48.53 " +
            "82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)",
            result.ToLine(decimals: 2));
    }

    // Expected line: sacreBLEU's README, "Variable Number of References".
    [Fact]
    public void A_missing_reference_is_left_out_and_named_in_the_signature()
    {
        string?[][] references = [[null, DogReferences1[1], DogReferences1[2]], [.. DogReferences2]];

        MetricResult result = new Bleu().ScoreCorpus(DogHypotheses, references);

        Assert.Equal(
            "BLEU|nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp|version:sequor-0.1.0 = 29.44 " +
            "82.4/42.9/27.3/12.5 (BP = 0.889 ratio = 0.895 hyp_len = 17 ref_len = 19)",
            result.ToLine(decimals: 2));
    }

    // Expected scores: mjpost/sacrebleu, test/test_sentence_bleu.py (Romanian sentence of sacreBLEU's issue 98), tolerance as there.
    [Theory]
    [InlineData("exp", null, false, "13a", 8.493)]
    [InlineData("none", null, false, "13a", 0.0)]
    [InlineData("floor", null, false, "13a", 4.51688)]
    [InlineData("floor", 0.5, false, "13a", 10.10)]
    [InlineData("add-k", null, false, "13a", 14.882)]
    [InlineData("add-k", 2.0, false, "13a", 21.389)]
    [InlineData("exp", null, false, "none", 7.347)]
    [InlineData("exp", null, false, "intl", 8.493)]
    [InlineData("exp", null, false, "char", 40.8759)]
    [InlineData("exp", null, true, "char", 42.0267)]
    public void Sentence_scores_equal_sacrebleu(string smoothing, double? value, bool lowercase, string tokenizer, double expected)
    {
        var bleu = new Bleu(new BleuOptions
        {
            Smoothing = BleuOptions.ParseSmoothing(smoothing),
            SmoothingValue = value,
            Lowercase = lowercase,
            Tokenizer = BleuTokenizers.Parse(tokenizer),
            EffectiveOrder = true,
        });

        MetricResult result = bleu.ScoreSentence(
            "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;",
            "producţia de zahăr brut se exprimă în zahăr alb;");

        Close(expected, result.Score, 1e-3);
    }

    [Theory]
    [InlineData(BleuSmoothing.Exponential)]
    [InlineData(BleuSmoothing.Floor)]
    [InlineData(BleuSmoothing.AddK)]
    [InlineData(BleuSmoothing.None)]
    public void No_match_at_all_is_zero_under_every_smoothing(BleuSmoothing smoothing) =>
        Assert.Equal(0, new Bleu(new BleuOptions { Smoothing = smoothing, EffectiveOrder = true }).ScoreSentence("this is a cat", "okay thanks").Score);

    [Theory]
    [InlineData(BleuSmoothing.Exponential, null, "exp")]
    [InlineData(BleuSmoothing.Floor, null, "floor[0.10]")]
    [InlineData(BleuSmoothing.AddK, null, "add-k[1.00]")]
    [InlineData(BleuSmoothing.AddK, 2.5, "add-k[2.50]")]
    [InlineData(BleuSmoothing.None, null, "none")]
    public void The_signature_names_smoothing_and_value(BleuSmoothing smoothing, double? value, string expected)
    {
        var options = new BleuOptions { Smoothing = smoothing, SmoothingValue = value, Lowercase = true, EffectiveOrder = true, Tokenizer = BleuTokenizer.Chinese };

        Assert.Equal(
            $"nrefs:1|case:lc|eff:yes|tok:zh|smooth:{expected}|version:sequor-0.1.0",
            new Bleu(options).ScoreSentence("a", "a").Signature);
    }

    // By hand: 17 words against 18, of which 14, 7 (of 14), 5 (of 11) and 3 (of 8) n-grams match.
    [Fact]
    public void The_result_holds_counts_lengths_and_penalty()
    {
        var result = Assert.IsType<BleuResult>(new Bleu().ScoreCorpus(DogHypotheses, DogReferences));

        Assert.Equal([14, 7, 5, 3], result.Counts);
        Assert.Equal([17, 14, 11, 8], result.Totals);
        Assert.Equal((17, 18), (result.HypothesisLength, result.ReferenceLength));
        Close(Math.Exp(1 - (18.0 / 17)), result.BrevityPenalty, 1e-15);
        Close(100 * 3.0 / 8, result.Precisions[3], 1e-12);
    }

    // By hand: 3 of 4 words match, 1 of 3 pairs, no longer n-gram; lengths are equal.
    [Theory]
    [InlineData(1, 75.0)]
    [InlineData(2, 50.0)]
    public void Cumulative_bleu_is_the_mean_over_its_orders(int order, double expected)
    {
        MetricResult result = Bleu.Cumulative(order).ScoreSentence("a b c d", "a b d e");

        Close(expected, result.Score, 1e-9);
        Assert.Equal($"bleu{order}", result.Key);
        Assert.Equal($"nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|order:{order}|version:sequor-0.1.0", result.Signature);
    }

    [Fact]
    public void Of_two_references_equally_close_in_length_the_shorter_counts()
    {
        var result = Assert.IsType<BleuResult>(new Bleu().ScoreSentence("a b c d", "a b c d e f", "a b"));

        Assert.Equal(2, result.ReferenceLength);
    }

    [Fact]
    public void A_word_repeated_counts_no_more_often_than_one_reference_has_it()
    {
        var result = Assert.IsType<BleuResult>(new Bleu().ScoreSentence("the the the the the the the", "the cat is on the mat", "there is a cat on the mat"));

        Assert.Equal(2, result.Counts[0]);
    }

    [Fact]
    public void An_empty_hypothesis_scores_zero()
    {
        var result = Assert.IsType<BleuResult>(new Bleu().ScoreCorpus(["", "", ""], DogReferences));

        Assert.Equal(0, result.Score);
        Assert.Equal(0, result.BrevityPenalty);
    }

    [Fact]
    public void All_faults_of_the_settings_are_reported_at_once()
    {
        var options = new BleuOptions { MaxOrder = 0, SmoothingValue = -1 };

        ArgumentException fault = Assert.Throws<ArgumentException>(() => new Bleu(options));

        Assert.Contains("MaxOrder is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("SmoothingValue is -1", fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, options.Validate().Count);
    }
}
