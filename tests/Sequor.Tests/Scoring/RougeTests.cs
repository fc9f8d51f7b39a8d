using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class RougeTests
{
    // Expected scores: google-research/google-research, rouge/rouge_scorer_test.py (precision, recall, F).
    [Theory]
    [InlineData(RougeKind.Rouge1, "testing one two", "testing", 1.0, 1.0 / 3, 1.0 / 2)]
    [InlineData(RougeKind.Rouge2, "testing one two", "testing one", 1.0, 1.0 / 2, 2.0 / 3)]
    [InlineData(RougeKind.RougeL, "testing one two", "testing one", 1.0, 2.0 / 3, 4.0 / 5)]
    [InlineData(RougeKind.RougeL, "testing one two", "testing two", 1.0, 2.0 / 3, 4.0 / 5)]
    [InlineData(RougeKind.RougeLsum, "w1 w2 w3 w4 w5", "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", 0.4, 0.8, 8.0 / 15)]
    [InlineData(RougeKind.RougeLsum, "w1 w2 w3 w4 w5", "/", 0, 0, 0)]
    [InlineData(RougeKind.Rouge1, "testing one two", "", 0, 0, 0)]
    public void Scores_equal_rouge_score(RougeKind kind, string reference, string hypothesis, double precision, double recall, double f)
    {
        var result = Assert.IsType<RougeResult>(new Rouge(kind).ScoreSentence(hypothesis, reference));

        Close(100 * precision, result.Precision, 1e-9);
        Close(100 * recall, result.Recall, 1e-9);
        Close(100 * f, result.Score, 1e-9);
    }

    [Fact]
    public void A_corpus_scores_the_mean_of_its_sentences() =>
        Close(75, new Rouge(RougeKind.Rouge1).ScoreCorpus(["a b", "a b"], [["a b", "a c"]]).Score, 1e-9);

    [Fact]
    public void Of_several_references_the_best_counts_or_their_mean()
    {
        Close(100, new Rouge(RougeKind.Rouge1).ScoreSentence("a b", "x y", "a b").Score, 1e-9);
        var mean = new Rouge(RougeKind.Rouge1, new RougeOptions { References = RougeReferences.Mean });
        Close(50, mean.ScoreSentence("a b", "x y", "a b").Score, 1e-9);
    }

    [Fact]
    public void Stems_match_where_words_do_not()
    {
        Close(0, new Rouge(RougeKind.Rouge1).ScoreSentence("running", "runs").Score, 1e-9);
        MetricResult stemmed = new Rouge(RougeKind.Rouge1, new RougeOptions { Stem = true }).ScoreSentence("running", "runs");
        Close(100, stemmed.Score, 1e-9);
        Assert.Equal("ROUGE-1|nrefs:1|case:lc|tok:a-z0-9|stem:porter|multi:best|version:sequor-0.1.0 = 100.0 (P = 100.0 R = 100.0)", stemmed.ToLine());
    }

    // By hand: the second reference sentence shares "a", but the only "a" of the hypothesis is used up by the first.
    [Fact]
    public void A_word_counts_no_more_often_than_the_hypothesis_holds_it()
    {
        var result = Assert.IsType<RougeResult>(new Rouge(RougeKind.RougeLsum).ScoreSentence("a b", "a b\na c"));

        Close(100, result.Precision, 1e-9);
        Close(50, result.Recall, 1e-9);
    }

    [Fact]
    public void Words_of_three_letters_keep_their_endings() =>
        Close(0, new Rouge(RougeKind.Rouge1, new RougeOptions { Stem = true }).ScoreSentence("was", "wa").Score, 1e-9);

    // Expected stems: Porter's paper, and NLTK 3.8 for the amended ones; 68,474 words and made-up words agreed with NLTK's PorterStemmer.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("dies", "die")]
    [InlineData("agreed", "agre")]
    [InlineData("feed", "feed")]
    [InlineData("hopping", "hop")]
    [InlineData("hissing", "hiss")]
    [InlineData("filing", "file")]
    [InlineData("conflated", "conflat")]
    [InlineData("happy", "happi")]
    [InlineData("enjoy", "enjoy")]
    [InlineData("relational", "relat")]
    [InlineData("generalization", "gener")]
    [InlineData("formality", "formal")]
    [InlineData("electrical", "electr")]
    [InlineData("adoption", "adopt")]
    [InlineData("controlling", "control")]
    [InlineData("skies", "sky")]
    [InlineData("geology", "geolog")]
    [InlineData("beautifully", "beauti")]
    public void Endings_are_cut_off(string word, string stem) => Assert.Equal(stem, PorterStemmer.Stem(word));
}
