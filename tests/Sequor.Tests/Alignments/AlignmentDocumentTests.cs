using Sequor.Alignments;
using Sequor.Batching;

namespace Sequor.Tests.Alignments;

/// <summary>The block of docs/alignment.md.</summary>
public class AlignmentDocumentTests
{
    [Fact]
    public void The_block_of_the_document_does_what_it_says()
    {
        IEnumerable<SentencePair> pairs = AlignmentSamples.HousePairs.Select(pair => new SentencePair(pair.Source, pair.Target));

        CancellationToken stop = TestContext.Current.CancellationToken;

        // sample: tables
        AlignmentCorpus corpus = new(new WordNumbers(), new WordNumbers());
        AlignmentText.Add(
            pairs, corpus, line => corpus.SourceWords.Encode(line, learn: true), line => corpus.TargetWords.Encode(line, learn: true), allowsEmpty: false, stop);
        WordAligner aligner = WordAligner.Train(corpus, stop: stop);
        IEnumerable<PairAlignment> alignments = aligner.AlignAll(corpus, SymmetrizationMethod.GrowDiagonalFinalAnd, stop);

        LexicalTable table = LexicalTable.Of(aligner, corpus, top: 100, frequent: 100);
        string? word = table.Translate("Haus");
        double feature = new LexicalScore(table).Model1("das Haus", "the house");
        ReadOnlySpan<int> allowed = new LexicalShortlist(table, always: [0]).For(corpus.Source(0));
        // end of sample

        Assert.Equal("house", word);
        Assert.All(alignments, alignment => Assert.Equal(2, alignment.Links.Count));
        Assert.InRange(feature, -10, 0);
        Assert.Equal([0, 1, 2, 3], allowed.ToArray());
    }
}
