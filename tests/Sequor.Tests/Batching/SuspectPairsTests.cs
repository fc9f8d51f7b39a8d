using Sequor.Batching;

namespace Sequor.Tests.Batching;

public class SuspectPairsTests
{
    // Written for this test.
    private static readonly SentencePair[] Usual =
    [
        new("The old house stands on the hill.", "Das alte Haus steht auf dem Hügel."),
        new("She reads the newspaper every morning.", "Sie liest jeden Morgen die Zeitung."),
        new("We went through the forest with our dog.", "Wir gingen mit unserem Hund durch den Wald."),
        new("The children are playing in the garden.", "Die Kinder spielen im Garten."),
        new("He has forgotten where he put the keys.", "Er hat vergessen, wo er die Schlüssel hingelegt hat."),
        new("The train to the north leaves at eight.", "Der Zug nach Norden fährt um acht."),
        new("They have been waiting for the doctor.", "Sie haben auf den Arzt gewartet."),
        new("What would you like to eat this evening?", "Was möchten Sie heute Abend essen?"),
        new("The weather was better than we had thought.", "Das Wetter war besser, als wir gedacht hatten."),
        new("Nobody knows what is behind that door.", "Niemand weiß, was hinter dieser Tür ist."),
        new("The teacher wrote the words on the board.", "Der Lehrer schrieb die Wörter an die Tafel."),
        new("I would have come if you had called.", "Ich wäre gekommen, wenn du angerufen hättest."),
    ];

    [Fact]
    public void A_usual_corpus_has_no_suspects()
    {
        SuspectPairs suspects = Find([]);
        Assert.Empty(suspects.Examples);
        Assert.Equal("no suspect pairs\n", suspects.ToString());
    }

    [Fact]
    public void Swapped_languages_are_told_by_the_corpus_itself()
    {
        SuspectPairs suspects = Find([new("Der Hund schläft hinter dem alten Haus.", "The dog is sleeping behind the old house.")]);
        Assert.Equal([(Suspicion.SwappedLanguages, 13L)], Found(suspects));
    }

    [Fact]
    public void Identical_sides_are_suspect() =>
        Assert.Equal([(Suspicion.IdenticalSides, 13L)], Found(Find([new("The same on both sides here.", "The same on both sides here.")])));

    [Fact]
    public void A_ratio_is_extreme_only_beside_the_corpus_own()
    {
        Assert.Equal(
            [(Suspicion.ExtremeRatio, 13L)],
            Found(Find([new("The old house, the garden, the forest, the dog and the children.", "Das Haus.")])));

        // Here one to six is what the corpus is like.
        NumberedPair[] lopsided = [.. Enumerable.Range(0, 20).Select(i => new NumberedPair(i, $"{i} words", $"{i} is written here in many more words than there"))];
        Assert.Equal(0, SuspectPairs.Find(lopsided).Count(Suspicion.ExtremeRatio));
    }

    [Fact]
    public void A_dev_sentence_in_training_leaks_on_either_side_whatever_its_case_and_punctuation()
    {
        SentencePair[] dev = [new("WHAT would you like to eat this evening", "x"), new("y", "Die Zeitung liest sie."), new("z", "Die Kinder spielen im Garten!")];
        SuspectPairs suspects = SuspectPairs.Find(Numbered([]), dev);
        Assert.Equal([(Suspicion.DevLeakage, 4L), (Suspicion.DevLeakage, 8L)], Found(suspects));
    }

    [Fact]
    public void All_are_counted_and_some_are_listed()
    {
        SuspectPairs suspects = SuspectPairs.Find(
            Numbered([new("same", "same"), new("Same", "Same"), new("SAME", "SAME")]), options: new SuspectOptions { Examples = 2 });
        Assert.Equal(3, suspects.Count(Suspicion.IdenticalSides));
        Assert.Equal("identical sides: 3\n  corpus 1, line 13: same ||| same\n  corpus 1, line 14: Same ||| Same\n", suspects.ToString());
    }

    private static SuspectPairs Find(SentencePair[] more) => SuspectPairs.Find(Numbered(more));

    private static NumberedPair[] Numbered(SentencePair[] more) =>
        [.. Usual.Concat(more).Select((pair, i) => new NumberedPair(i, pair.Source, pair.Target))];

    private static (Suspicion, long)[] Found(SuspectPairs suspects) => [.. suspects.Examples.Select(suspect => (suspect.Suspicion, suspect.Pair.Line))];
}
