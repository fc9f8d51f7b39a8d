using Sequor.Scoring;
using static Sequor.Tests.Scoring.ScoringSamples;

namespace Sequor.Tests.Scoring;

public class TerTests
{
    // Expected scores: mjpost/sacrebleu, test/test_ter.py.
    [Theory]
    [InlineData("aaaa bbbb cccc dddd", "aaaa bbbb cccc dddd", 0)]
    [InlineData("dddd eeee ffff", "aaaa bbbb cccc", 100)]
    [InlineData("", "a", 100)]
    [InlineData("d e f g h a b c", "a b c d e f g h", 12.5)]
    public void Sentences_equal_sacrebleu(string hypothesis, string reference, double expected) =>
        Close(expected, new Ter().ScoreSentence(hypothesis, reference).Score, 1e-9);

    // Expected score: the same file, its last case (five sentences of WMT's 2019 development data).
    [Fact]
    public void A_corpus_equals_sacrebleu()
    {
        string[] hypotheses =
        [
            "wählen Sie \" Bild neu berechnen , \" um beim Ändern der Bildgröße Pixel hinzuzufügen oder zu entfernen , damit das Bild ungefähr dieselbe Größe aufweist wie die andere Größe .",
            "wenn Sie alle Aufgaben im aktuellen Dokument aktualisieren möchten , wählen Sie im Menü des Aufgabenbedienfelds die Option \" Alle Aufgaben aktualisieren . \"",
            "klicken Sie auf der Registerkarte \" Optionen \" auf die Schaltfläche \" Benutzerdefiniert \" und geben Sie Werte für \" Fehlerkorrektur-Level \" und \" Y / X-Verhältnis \" ein .",
            "Sie können beispielsweise ein Dokument erstellen , das ein Auto über die Bühne enthält .",
            "wählen Sie im Dialogfeld \" Neu aus Vorlage \" eine Vorlage aus und klicken Sie auf \" Neu . \"",
        ];
        string[] references =
        [
            "wählen Sie \" Bild neu berechnen , \" um beim Ändern der Bildgröße Pixel hinzuzufügen oder zu entfernen , damit die Darstellung des Bildes in einer anderen Größe beibehalten wird .",
            hypotheses[1],
            "klicken Sie auf der Registerkarte \" Optionen \" auf die Schaltfläche \" Benutzerdefiniert \" und geben Sie für \" Fehlerkorrektur-Level \" und \" Y / X-Verhältnis \" niedrigere Werte ein .",
            "Sie können beispielsweise ein Dokument erstellen , das ein Auto enthalt , das sich über die Bühne bewegt .",
            hypotheses[4],
        ];

        Close(13.6, new Ter().ScoreCorpus(hypotheses, [references]).Score, 1e-3);
    }

    // By hand: "b" is inserted, then "c d" moves before "a": two edits for four words.
    [Fact]
    public void A_run_of_words_moves_as_one_edit()
    {
        var result = Assert.IsType<TerResult>(new Ter().ScoreSentence("a c d", "c d a b"));

        Assert.Equal(2, result.Edits);
        Assert.Equal(4, result.ReferenceLength);
        Close(50, result.Score, 1e-12);
    }

    // By hand: nearest is the second (one substitution); the mean length is (4 + 2) / 2.
    [Fact]
    public void The_nearest_reference_gives_the_edits_and_all_the_mean_length()
    {
        var result = Assert.IsType<TerResult>(new Ter().ScoreSentence("a b", "w x y z", "a c"));

        Assert.Equal(1, result.Edits);
        Assert.Equal(3, result.ReferenceLength);
    }

    // The rule: mjpost/sacrebleu, metrics/ter.py (2.0.0), for empty references.
    [Fact]
    public void Against_an_empty_reference_something_is_all_wrong_and_nothing_is_right()
    {
        Assert.Equal(100, new Ter().ScoreSentence("a b", "").Score);
        Assert.Equal(0, new Ter().ScoreSentence("", "").Score);
    }

    // Expected words: mjpost/sacrebleu, test/test_tokenizer_ter.py.
    [Theory]
    [InlineData("A B C D.", "a b c d.", false, false, false)]
    [InlineData("A ; B ) C : D.", "a b c d", false, true, false)]
    [InlineData("a b (c) d.", "a b ( c ) d .", true, false, false)]
    [InlineData("Jim's car.", "jim 's car .", true, false, false)]
    [InlineData("4.2", "4.2", true, false, false)]
    [InlineData("美众院公布对特", "美 众 院 公 布 对 特", true, false, true)]
    [InlineData("りの拳銃を持", "りの 拳 銃 を 持", true, false, true)]
    [InlineData("「はい」、。！", "はい", false, true, true)]
    [InlineData("「はい」、。！", "「 はい 」 、 。 ！", true, false, true)]
    public void Words_are_those_of_tercom(string line, string words, bool normalized, bool noPunctuation, bool asian) => Assert.Equal(
        words,
        string.Join(' ', TerWords.Of(line, new TerOptions { Normalized = normalized, NoPunctuation = noPunctuation, AsianSupport = asian })));

    // The form: sacreBLEU's README, "Using multiple metrics".
    [Fact]
    public void The_printed_line_is_sacrebleus()
    {
        Assert.Equal(
            "TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:sequor-0.1.0 = 12.5",
            new Ter().ScoreSentence("d e f g h a b c", "a b c d e f g h").ToLine());
        Assert.Contains(
            "|case:mixed|tok:tercom|norm:yes|punct:no|asian:yes|",
            new Ter(new TerOptions { CaseSensitive = true, Normalized = true, NoPunctuation = true, AsianSupport = true }).ScoreSentence("a", "a").Signature,
            StringComparison.Ordinal);
    }

    // Where several shifts gain equally, the longest run moves, then the earliest, then to the earliest place; after a thousand candidates the search ends.
    // Each line needs another number of edits if one of these rules is turned round (tools/golden/metrics.py).
    [Theory]
    [InlineData("a d c d a b", "d a c b c a", 4)]
    [InlineData("d b b d e a b b c", "b a c b d e e e", 6)]
    [InlineData("d c a d c a a", "c b c d b c d", 6)]
    [InlineData(
        "a b b b a b a a a a a a b a a b a a a a a a b a b b a b b b b",
        "b c c a c a b c a b c a a b b a c a b c b b b c a a a c a a a a b a",
        17)]
    public void The_search_for_shifts_decides_as_sacrebleus(string hypothesis, string reference, int edits) =>
        Assert.Equal(edits, Assert.IsType<TerResult>(new Ter().ScoreSentence(hypothesis, reference)).Edits);
}
