using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class ChrFTests
{
    // Expected scores: mjpost/sacrebleu, test/test_chrf.py, test_cases (beta 3, epsilon smoothing, equal to chrF++.py and NLTK).
    [Theory]
    [InlineData("abcdefg", "hijklmnop", 0.0)]
    [InlineData("a", "b", 0.0)]
    [InlineData("", "reference", 0.0)]
    [InlineData("aa", "ab", 8.3333)]
    [InlineData("a", "a", 16.6667)]
    [InlineData("a b c", "a b c", 50.0)]
    [InlineData("a b c", "abc", 50.0)]
    [InlineData(" Die    Beziehung zwischen  Obama und Netanjahu ist nicht gerade  freundlich. ", "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.", 64.1302698)]
    [InlineData("Niemand hat die Absicht, eine Mauer zu errichten", "Niemand hat die Absicht, eine Mauer zu errichten", 100.0)]
    public void Epsilon_smoothing_equals_sacrebleu(string hypothesis, string reference, double expected) =>
        Close(expected, new ChrF(new ChrFOptions { Beta = 3, EpsilonSmoothing = true }).ScoreSentence(hypothesis, reference).Score, 1e-4);

    // Expected scores: the same file, test_cases_effective_order.
    [Theory]
    [InlineData("a", "a", 100.0)]
    [InlineData("", "reference", 0.0)]
    [InlineData("a b c", "abc", 100.0)]
    [InlineData("", "c", 0.0)]
    [InlineData("aa", "ab", 25.0)]
    public void Effective_order_equals_sacrebleu(string hypothesis, string reference, double expected) =>
        Close(expected, new ChrF(new ChrFOptions { Beta = 3 }).ScoreSentence(hypothesis, reference).Score, 1e-4);

    [Fact]
    public void A_corpus_adds_counts_before_it_divides() =>
        Close(50.0, new ChrF(new ChrFOptions { Beta = 3 }).ScoreCorpus(["a", "b"], [["a", "c"]]).Score, 1e-4);

    // Expected scores: the same file, test_cases_keep_whitespace.
    [Theory]
    [InlineData("Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich.", "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.", 67.3481606)]
    [InlineData("risk assessment must be made of those who are qualified and expertise in the sector - these are the scientists .", "risk assessment has to be undertaken by those who are qualified and expert in that area - that is the scientists .", 65.2414427)]
    public void White_space_can_count(string hypothesis, string reference, double expected) =>
        Close(expected, new ChrF(new ChrFOptions { Beta = 3, Whitespace = true }).ScoreSentence(hypothesis, reference).Score, 1e-4);

    // Expected scores: the same file, test_sentence_level_chrf (beta 2).
    [Theory]
    [InlineData("Co nás nejvíc trápí, protože lékaři si vybírají, kdo bude žít a kdo zemře.", "Nejvíce smutní jsme z toho, že musíme rozhodovat o tom, kdo bude žít a kdo zemře.", 39.14078509)]
    [InlineData("Nebo prostě nemají vybavení, které by jim pomohlo, uvedli lékaři.", "A někdy nemáme ani potřebný materiál, abychom jim pomohli, popsali lékaři.", 31.22557079)]
    [InlineData("Lapali po dechu, jejich životy skončily dřív, než skutečně začaly.", "Lapali po dechu a pak jejich život skončil - dřív, než skutečně mohl začít, připomněli.", 57.15704367)]
    public void Sentences_equal_sacrebleu(string hypothesis, string reference, double expected)
    {
        Close(expected, new ChrF(new ChrFOptions { EpsilonSmoothing = true }).ScoreSentence(hypothesis, reference).Score, 1e-4);

        // All six orders exist on both sides, but the two smoothings average in a different order: harmonic means first, or last.
        Assert.NotEqual(0, new ChrF().ScoreSentence(hypothesis, reference).Score);
    }

    // Expected score: sacreBLEU's README, CHRF().corpus_score(sys, refs): chrF2 = 59.73; signature from the same page.
    [Fact]
    public void The_printed_line_is_sacrebleus() => Assert.Equal(
        "chrF2|nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|version:sequor-0.1.0 = 59.73",
        new ChrF().ScoreCorpus(DogHypotheses, DogReferences).ToLine(decimals: 2));

    // By hand: characters a, b, ., ab, b. and ab. all match; of the words ab, . and the pair, all match too.
    [Fact]
    public void ChrF_plus_plus_counts_words_and_cuts_one_punctuation_mark_from_each()
    {
        MetricResult same = new ChrF(ChrFOptions.PlusPlus).ScoreSentence("ab .", "ab.");

        Close(100, same.Score, 1e-12);
        Assert.Equal("chrf++", same.Key);
        Assert.Equal("chrF2++", same.Name);
        Assert.Equal("nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:sequor-0.1.0", same.Signature);
    }

    // By hand: with words up to 2 the orders are characters 1 and 2 and words 1 and 2. Characters: 3 of 4 and 2 of 3 match either way;
    // words: 1 of 2 either way; pairs: 0 of 1. Mean precision = mean recall = (3/4 + 2/3 + 1/2 + 0) / 4.
    [Fact]
    public void ChrF_plus_plus_averages_over_characters_and_words() => Close(
        100 * ((3.0 / 4) + (2.0 / 3) + (1.0 / 2)) / 4,
        new ChrF(ChrFOptions.PlusPlus with { CharacterOrder = 2 }).ScoreSentence("ab cx", "ab cd").Score,
        1e-12);

    // By hand, words off and characters up to 2: "abc" against "x" has no pair to be right or wrong about, "ab" against "ab" has one. Characters:
    // 2 of 5 are right, 2 of 3 found; pairs: 1 of 1 and 1 of 1. Mean precision 0.7, mean recall 5/6, and recall weighs four times as much.
    [Fact]
    public void N_grams_that_a_reference_is_too_short_for_are_not_held_against_the_hypothesis() => Close(
        100 * 5 * 0.7 * (5.0 / 6) / ((4 * 0.7) + (5.0 / 6)),
        new ChrF(new ChrFOptions { CharacterOrder = 2 }).ScoreCorpus(["abc", "ab"], [["x", "ab"]]).Score,
        1e-9);

    [Fact]
    public void Of_several_references_the_best_counts() => Close(
        100, new ChrF().ScoreSentence("a small house", "nothing alike", "a small house", "a small mouse").Score, 1e-12);

    [Fact]
    public void Case_can_be_ignored()
    {
        Close(100, new ChrF(new ChrFOptions { Lowercase = true }).ScoreSentence("ÄPFEL", "äpfel").Score, 1e-12);
        Close(0, new ChrF().ScoreSentence("ÄPFEL", "äpfel").Score, 1e-12);
    }

    [Fact]
    public void All_faults_of_the_settings_are_reported_at_once() =>
        Assert.Equal(3, new ChrFOptions { CharacterOrder = 0, WordOrder = -1, Beta = 0 }.Validate().Count);
}
