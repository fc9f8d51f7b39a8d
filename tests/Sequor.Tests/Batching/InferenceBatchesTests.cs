using Sequor.Batching;

namespace Sequor.Tests.Batching;

public class InferenceBatchesTests
{
    private static readonly int[][] Sentences = [[1, 2], [3, 4, 5, 6, 7, 8, 9], [10], [11, 12, 13], [14, 15], [16]];

    [Fact]
    public void Sentences_of_like_length_are_cut_together_within_the_limit()
    {
        IReadOnlyList<InferenceBatch> batches = InferenceBatches.Cut(Sentences, batchTokens: 5);

        Assert.Equal([[1], [3, 0], [4, 2, 5]], batches.Select(batch => batch.Places));
        Assert.Equal([11, 12, 13, 1, 2], batches[1].Source.Ids);
        Assert.Equal([3L, 0], batches[1].Source.SentenceNumbers);
    }

    [Fact]
    public void The_callers_numbers_travel_with_the_sentences() =>
        Assert.Equal(
            [103L, 100],
            InferenceBatches.Cut(Sentences, batchTokens: 5, numbers: [100, 101, 102, 103, 104, 105])[1].Source.SentenceNumbers);

    [Fact]
    public void A_batch_may_be_limited_in_sentences() =>
        Assert.Equal([2, 2, 2], InferenceBatches.Cut(Sentences, 100, batchSentences: 2).Select(batch => batch.Source.Count));

    [Fact]
    public void Results_come_back_in_the_order_of_the_sentences()
    {
        IReadOnlyList<InferenceBatch> batches = InferenceBatches.Cut(Sentences, batchTokens: 4);
        string[][] results = [.. batches.Select(batch => batch.Places.Select((_, i) => string.Join('-', batch.Source.Sentence(i).ToArray())).ToArray())];

        Assert.Equal(Sentences.Select(sentence => string.Join('-', sentence)), InferenceBatches.Restore(batches, results));
    }

    [Fact]
    public void A_missing_result_is_refused() =>
        Assert.Throws<ArgumentException>(() => InferenceBatches.Restore(InferenceBatches.Cut(Sentences, 100), [new int[5]]));

    [Fact]
    public void Nothing_waiting_gives_no_batch() => Assert.Empty(InferenceBatches.Cut([]));
}
