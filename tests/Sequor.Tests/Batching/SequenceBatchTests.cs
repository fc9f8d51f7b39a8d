using Sequor.Batching;

namespace Sequor.Tests.Batching;

public class SequenceBatchTests
{
    [Fact]
    public void Sequences_lie_end_to_end_without_padding()
    {
        SequenceBatch batch = SequenceBatch.From([[5, 6, 7], [8], [9, 2]], [40, 41, 42]);

        Assert.Equal([5, 6, 7, 8, 9, 2], batch.Ids);
        Assert.Equal([0, 3, 4], batch.Starts);
        Assert.Equal([3, 1, 2], batch.Lengths);
        Assert.Equal([40L, 41, 42], batch.SentenceNumbers);
        Assert.Equal((3, 6, 3), (batch.Count, batch.Rows, batch.LongestLength));
        Assert.Equal([9, 2], batch.Sentence(2).ToArray());
    }

    [Fact]
    public void Sentences_without_numbers_are_numbered_from_zero() =>
        Assert.Equal([0L, 1], SequenceBatch.From([[5], [6]]).SentenceNumbers);

    [Fact]
    public void An_empty_sequence_is_refused()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => SequenceBatch.From([[5], []]));
        Assert.Contains("Sentence 1 of the batch has 0 rows", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_must_come_with_each_sentence() =>
        Assert.Throws<ArgumentException>(() => SequenceBatch.From([[5], [6]], [1]));

    [Fact]
    public void A_batch_without_sentences_has_no_rows() =>
        Assert.Equal((0, 0, 0), (SequenceBatch.From([]).Count, SequenceBatch.From([]).Rows, SequenceBatch.From([]).LongestLength));
}
