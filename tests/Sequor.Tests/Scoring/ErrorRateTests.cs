using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class ErrorRateTests
{
    // By hand: "sat" for "sits" is a substitution, "down" an insertion, the last "the" a deletion; six reference words.
    [Fact]
    public void Words_substituted_inserted_and_deleted_are_told_apart()
    {
        var result = Assert.IsType<ErrorRateResult>(
            new ErrorRate(ErrorUnit.Word).ScoreSentence("the cat sat down on mat", "the cat sits on the mat"));

        Assert.Equal((1, 1, 1), (result.Substitutions, result.Insertions, result.Deletions));
        Close(50, result.Score, 1e-12);
        Assert.Equal(
            "WER|nrefs:1|case:mixed|tok:none|version:sequor-0.1.0 = 50.0 (sub = 1 ins = 1 del = 1 ref_len = 6)", result.ToLine());
    }

    // "kitten" to "sitting" is the textbook's distance of 3: two substitutions and one insertion.
    [Fact]
    public void Characters_are_counted_as_in_the_textbook()
    {
        var result = Assert.IsType<ErrorRateResult>(new ErrorRate(ErrorUnit.Character).ScoreSentence("sitting", "kitten"));

        Assert.Equal((2, 1, 0), (result.Substitutions, result.Insertions, result.Deletions));
        Close(50, result.Score, 1e-12);
    }

    [Fact]
    public void A_character_is_a_code_point() =>
        Close(50, new ErrorRate(ErrorUnit.Character).ScoreSentence("😀x", "😀y").Score, 1e-12);

    [Fact]
    public void White_space_at_the_ends_and_its_length_do_not_count() =>
        Assert.Equal(0, new ErrorRate(ErrorUnit.Character).ScoreSentence("  a \t b ", "a b").Score);

    [Fact]
    public void Corpus_errors_are_added_before_dividing() =>
        Close(25, new ErrorRate(ErrorUnit.Word).ScoreCorpus(["a", "b c d"], [["x", "b c d"]]).Score, 1e-12);

    [Fact]
    public void The_reference_with_the_lowest_rate_counts()
    {
        var result = Assert.IsType<ErrorRateResult>(new ErrorRate(ErrorUnit.Word).ScoreSentence("a b c d", "a", "a b c x", "z"));

        Assert.Equal((1, 4), (result.Substitutions, result.ReferenceLength));
    }

    [Fact]
    public void Case_can_be_ignored() => Assert.Equal(0, new ErrorRate(ErrorUnit.Word, lowercase: true).ScoreSentence("ÄB", "äb").Score);

    [Fact]
    public void More_than_a_hundred_percent_is_possible() => Close(300, new ErrorRate(ErrorUnit.Word).ScoreSentence("a b c", "x").Score, 1e-12);

    [Fact]
    public void Accuracy_counts_whole_sentences_and_tokens_in_place()
    {
        // By hand: one sentence of two is right; tokens: 2 of 2 and 1 of 3 (the longer side has three).
        var result = Assert.IsType<AccuracyResult>(new Accuracy().ScoreCorpus(["a b", "a x c"], [["a  b ", "a b"]]));

        Close(50, result.Score, 1e-12);
        Close(60, result.TokenAccuracy, 1e-12);
        Assert.Equal("Accuracy|nrefs:1|case:mixed|tok:none|version:sequor-0.1.0 = 50.0 (tokens = 60.0)", result.ToLine());
    }

    [Fact]
    public void Any_reference_can_make_a_sentence_right() => Assert.Equal(100, new Accuracy().ScoreSentence("a b", "a c", "a b").Score);

    [Fact]
    public void Nothing_equals_nothing() => Assert.Equal(100, new Accuracy().ScoreSentence("", " ").Score);
}
