using Sequor.Tensors.Autograd;

namespace Sequor.Tensors.Tests.Autograd;

public sealed class TimeLayoutTests
{
    // Three sentences: a b | c d e f | g h, as rows 0 to 7.
    private static readonly float[] Rows = [0, 1, 2, 3, 4, 5, 6, 7];

    [Fact]
    public void Sentences_are_sorted_longest_first_and_otherwise_as_they_came()
    {
        using var step = new Step();
        using (step.Begin())
        {
            TimeLayout time = step.Layout([2, 4, 2]).InTime();
            Assert.Equal([1, 0, 2], time.Order.ToArray());
            Assert.Equal(4, time.Steps);
            Assert.Equal([3, 3, 1, 1], Enumerable.Range(0, 4).Select(time.Active));
            Assert.Equal([0, 3, 6, 7], Enumerable.Range(0, 4).Select(time.First));
        }
    }

    [Fact]
    public void Rows_go_step_by_step_and_come_back()
    {
        using var step = new Step();
        using (step.Begin())
        {
            TimeLayout time = step.Layout([2, 4, 2]).InTime();
            Tensor there = step.From(Rows, [8, 1]).ToTime(time);
            Assert.Equal([2, 0, 6, 3, 1, 7, 4, 5], there.ToArray());
            Assert.Equal(Rows, there.FromTime(time).ToArray());
            Assert.Equal([1, 5, 7], there.LastRows(time).ToArray());
        }
    }

    [Fact]
    public void Reversed_every_sentence_is_read_from_its_own_last_row()
    {
        using var step = new Step();
        using (step.Begin())
        {
            TimeLayout time = step.Layout([2, 4, 2]).InTime(reversed: true);
            Tensor there = step.From(Rows, [8, 1]).ToTime(time);
            Assert.Equal([5, 1, 7, 4, 0, 6, 3, 2], there.ToArray());
            Assert.Equal(Rows, there.FromTime(time).ToArray());
            Assert.Equal([0, 2, 6], there.LastRows(time).ToArray());
        }
    }

    [Fact]
    public void Rows_of_sentences_are_sorted_and_come_back()
    {
        using var step = new Step();
        using (step.Begin())
        {
            TimeLayout time = step.Layout([2, 4, 5]).InTime();
            Tensor sorted = step.From([10, 11, 12], [3, 1]).SentencesToTime(time);
            Assert.Equal([12, 11, 10], sorted.ToArray());
            Assert.Equal([10, 11, 12], sorted.SentencesFromTime(time).ToArray());
        }
    }

    [Fact]
    public void Row_keys_travel_with_their_rows()
    {
        using var step = new Step();
        using (step.Begin())
        {
            SequenceLayout layout = step.Layout([2, 4, 2], [70, 80, 90], firstPosition: 3);
            uint[] keys = layout.RowKeys.Span.ToArray();
            Assert.Equal([keys[5], keys[1], keys[7], keys[4], keys[0], keys[6], keys[3], keys[2]], layout.InTime(reversed: true).RowKeys.Span.ToArray());
        }
    }

    [Fact]
    public void A_batch_without_sentences_has_no_steps()
    {
        using var step = new Step();
        using (step.Begin())
        {
            TimeLayout time = step.Layout([]).InTime();
            Assert.Equal(0, time.Steps);
            Assert.Equal(0, step.From([], [0, 8]).Recurrence(new RecurrentPass(RecurrentCell.Ssru, time), default).Hidden.Shape.Rows);
        }
    }

    [Fact]
    public void A_range_of_rows_shares_its_numbers_and_lies_within_the_tensor()
    {
        using var step = new Step();
        using (step.Begin())
        {
            Tensor whole = step.From(Rows, [4, 2]);
            Tensor part = whole.RowRange(1, 2);
            part.CopyFrom([20, 30, 40, 50]);
            Assert.Equal([0, 1, 20, 30, 40, 50, 6, 7], whole.ToArray());
            Assert.Throws<ShapeException>(() => whole.RowRange(3, 2));
            Assert.Throws<ShapeException>(() => whole.RowRange(-1, 2));
        }
    }
}
