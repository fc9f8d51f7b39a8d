using Sequor.Alignments;
using Sequor.Text;
using static Sequor.Tests.Alignments.AlignmentSamples;

namespace Sequor.Tests.Alignments;

public class LexicalTableTests
{
    [Fact]
    public void A_table_has_the_likeliest_translations_best_first_and_the_most_frequent_words()
    {
        (WordAligner aligner, AlignmentCorpus corpus) = Trained();

        LexicalTable table = LexicalTable.Of(aligner, corpus, top: 1, frequent: 2);

        Assert.Equal("house", table.Translate("Haus"));
        Assert.Equal("book", table.Translate("Buch"));
        Assert.Null(table.Translate("Katze"));
        Assert.Equal(1, table.Targets(0).Length);
        Assert.Equal((double)aligner.Forward!.Probability(0, 0), table.Probability(0, 0));
        Assert.Equal(0, table.Probability(0, 1));
        Assert.Equal(0, table.Probability(-1, 0));
        // "the", "house" and "book" come twice each, "a" too: of equals, those that came first.
        Assert.Equal(["the", "house"], Words(table, table.Frequent));
        Assert.True(LexicalTable.Of(aligner, corpus, top: 4).Probabilities(0) is [var first, var second, ..] && first >= second);
    }

    [Fact]
    public void A_saved_table_reads_the_same_and_damage_is_found()
    {
        (WordAligner aligner, AlignmentCorpus corpus) = Trained();
        LexicalTable table = LexicalTable.Of(aligner, corpus);
        string path = Path.Combine(Directory.CreateTempSubdirectory("sequor-lexicon-").FullName, "table");
        table.Save(path);

        LexicalTable read = LexicalTable.Load(path);

        Assert.Equal(table.SourceWords, read.SourceWords);
        Assert.Equal(table.TargetWords, read.TargetWords);
        Assert.Equal(table.Frequent, read.Frequent);
        Assert.Equal(table.ProbabilityOfNone(0), read.ProbabilityOfNone(0));
        for (int word = 0; word < 4; word++)
        {
            Assert.Equal(table.Targets(word), read.Targets(word));
            Assert.Equal(table.Probabilities(word), read.Probabilities(word));
        }

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^7]);
        Assert.Contains("is damaged", Assert.Throws<ModelFormatException>(() => LexicalTable.Load(path)).Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void A_shortlist_is_the_union_of_translations_frequent_words_and_the_end_sign()
    {
        (WordAligner aligner, AlignmentCorpus corpus) = Trained();
        LexicalTable table = LexicalTable.Of(aligner, corpus, top: 1, frequent: 1);
        LexicalShortlist shortlist = new(table, [3]);
        int haus = aligner.SourceWords.NumberOf("Haus");

        // Ids: the 0, house 1, book 2, a 3.
        Assert.Equal([0, 1, 3], shortlist.For([haus]).ToArray());
        Assert.Equal([0, 1, 2, 3], shortlist.For([haus, aligner.SourceWords.NumberOf("Buch"), haus]).ToArray());
        Assert.Equal([0, 3], shortlist.For([]).ToArray());
        Assert.Equal([0, 1, 3], shortlist.For([haus, 99, -1]).ToArray());
        // das 0, Haus 1, Buch 2, ein 3: with copies the source's own numbers too.
        Assert.Equal([0, 1, 2, 3], new LexicalShortlist(table, [3], copies: true).For([haus, 2]).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => new LexicalShortlist(table, [4]));
    }

    [Fact]
    public void A_shortlist_asked_for_again_allocates_nothing()
    {
        (WordAligner aligner, AlignmentCorpus corpus) = Trained();
        LexicalShortlist shortlist = new(LexicalTable.Of(aligner, corpus), [0]);
        int[] source = [0, 1, 2];
        shortlist.For(source);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
            shortlist.For(source);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Exactness_counts_steps_whose_best_piece_was_outside()
    {
        ShortlistExactness exactness = new();

        Assert.True(exactness.Add(4, [1, 4, 9]));
        Assert.False(exactness.Add(5, [1, 4, 9]));
        Assert.True(exactness.Add(1, [1, 2]));

        Assert.Equal((3, 1), (exactness.Steps, exactness.Outside));
        Assert.Equal(1.0 / 3, exactness.OutsideShare, 1e-12);
        Assert.Equal(8.0 / 3, exactness.MeanSize, 1e-12);
        Assert.Equal(0, new ShortlistExactness().OutsideShare);
    }

    [Fact]
    public void A_table_serves_only_the_vocabularies_it_was_made_for()
    {
        WordNumbers pieces = new(["<unk>", "<s>", "</s>", "<pad>", "x"]);
        AlignmentCorpus corpus = new(pieces, pieces, isOfPieces: true);
        corpus.Add([4], [4]);
        LexicalTable table = LexicalTable.Of(WordAligner.Train(corpus, stop: TestContext.Current.CancellationToken));
        Vocabulary same = new(pieces.Words);

        Assert.Null(table.FaultFor(same, same));
        Assert.Contains("target pieces", table.FaultFor(same, new Vocabulary(["a"])), StringComparison.Ordinal);
        Assert.Contains("is of words", LexicalTable.Of(Trained().Aligner).FaultFor(same, same), StringComparison.Ordinal);
    }

    // p(the | das) = 0.5 and so on after one pass without the empty word (see WordAlignerTests).
    [Fact]
    public void Lexical_scores_are_those_of_their_formulas()
    {
        AlignmentCorpus corpus = Corpus(("das Haus", "the house"), ("das Buch", "the book"), ("ein Buch", "a book"));
        AlignerOptions options = AlignerOptions.Model1 with { NullProbability = 0, Iterations = 1, Concentration = null };
        LexicalTable table = LexicalTable.Of(WordAligner.Train(corpus, options, AlignmentDirections.Forward, stop: TestContext.Current.CancellationToken));
        LexicalScore score = new(table);
        double none = table.ProbabilityOfNone(0);

        // (p(the | nothing) + 0.5 + 0.5) / 3 and (p(house | nothing) + 0.25 + 0.5) / 3.
        Assert.Equal(Math.Log((none + 1) / 3) + Math.Log((none + 0.75) / 3), score.Model1("das Haus", "the house"), 1e-6);
        // the: linked to both, (0.5 + 0.5) / 2; house to Haus, 0.5.
        Assert.Equal(
            Math.Log(0.5) + Math.Log(0.5), score.LexicalWeight("das Haus", "the house", [new AlignmentLink(0, 0), new AlignmentLink(1, 0), new AlignmentLink(1, 1)]), 1e-6);
        Assert.Equal(Math.Log(0.5) + Math.Log(none), score.LexicalWeight("das Haus", "the house", [new AlignmentLink(0, 0)]), 1e-6);
        Assert.Equal(2 * Math.Log(0.5), score.LexicalWeight("das Haus", "the house"), 1e-6);
        Assert.True(score.Model1("das Haus", "the house") > score.Model1("das Haus", "a book"));
        Assert.Equal(Math.Log(1e-9), score.LexicalWeight("das", "cat"), 1e-6);
        Assert.Throws<ArgumentException>(() => score.LexicalWeight("das", "the", [new AlignmentLink(1, 0)]));
    }

    [Fact]
    public void Relative_frequencies_are_written_as_Moses_writes_them()
    {
        AlignmentCorpus corpus = Corpus(("das Haus", "the house"), ("das ja", "that"));
        LinkCounts counts = new();
        counts.Add(corpus.Source(0), corpus.Target(0), [new AlignmentLink(0, 0), new AlignmentLink(1, 1)]);
        counts.Add(corpus.Source(1), corpus.Target(1), [new AlignmentLink(0, 0)]);
        using StringWriter forward = new();
        using StringWriter reverse = new();

        counts.WriteTargetGivenSource(forward, corpus.SourceWords, corpus.TargetWords);
        counts.WriteSourceGivenTarget(reverse, corpus.SourceWords, corpus.TargetWords);

        Assert.Equal("the das 0.5000000\nthat das 0.5000000\nhouse Haus 1.0000000\nNULL ja 1.0000000\n", forward.ToString());
        Assert.Equal("das the 1.0000000\ndas that 1.0000000\nHaus house 1.0000000\nja NULL 1.0000000\n", reverse.ToString());
    }

    private static (WordAligner Aligner, AlignmentCorpus Corpus) Trained()
    {
        AlignmentCorpus corpus = Corpus(HousePairs);
        return (WordAligner.Train(corpus, AlignerOptions.Model1 with { Iterations = 20 }, stop: TestContext.Current.CancellationToken), corpus);
    }

    private static string[] Words(LexicalTable table, ReadOnlySpan<int> numbers)
    {
        List<string> words = [];
        foreach (int number in numbers)
            words.Add(table.TargetWords[number]);
        return [.. words];
    }
}
