using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>The rows of sentences laid end to end, put in the order of time.</summary>
    /// <param name="time">The order.</param>
    /// <returns>[N, D]</returns>
    /// <exception cref="ShapeException">The rows are not those of the layout.</exception>
    public Tensor ToTime(TimeLayout time)
    {
        ArgumentNullException.ThrowIfNull(time);
        ShapeErrors.CheckRows("ToTime", "the input", Shape, time.Rows);
        return Permute(time.Step, time.TimeToLayout, time.LayoutToTime);
    }

    /// <summary>The rows in the order of time, put back where their sentences have them: what <see cref="ToTime"/> began.</summary>
    /// <param name="time">The order.</param>
    /// <returns>[N, D]</returns>
    /// <exception cref="ShapeException">The rows are not those of the layout.</exception>
    public Tensor FromTime(TimeLayout time)
    {
        ArgumentNullException.ThrowIfNull(time);
        ShapeErrors.CheckRows("FromTime", "the input", Shape, time.Rows);
        return Permute(time.Step, time.LayoutToTime, time.TimeToLayout);
    }

    /// <summary>One row for each sentence, put in the order that the sentences have in time: longest first.</summary>
    /// <param name="time">The order.</param>
    /// <returns>[B, D]</returns>
    /// <exception cref="ShapeException">There is not one row for each sentence.</exception>
    public Tensor SentencesToTime(TimeLayout time)
    {
        ArgumentNullException.ThrowIfNull(time);
        ShapeErrors.CheckRows("SentencesToTime", "the input", Shape, time.Count);
        return Permute(time.Step, time.OrderStorage, time.Places);
    }

    /// <summary>One row for each sentence, longest first, put back in the order of the layout.</summary>
    /// <param name="time">The order.</param>
    /// <returns>[B, D]</returns>
    /// <exception cref="ShapeException">There is not one row for each sentence.</exception>
    public Tensor SentencesFromTime(TimeLayout time)
    {
        ArgumentNullException.ThrowIfNull(time);
        ShapeErrors.CheckRows("SentencesFromTime", "the input", Shape, time.Count);
        return Permute(time.Step, time.Places, time.OrderStorage);
    }

    /// <summary>The row of each sentence's own last step (in reversed time its first row), in the order of the layout.</summary>
    /// <param name="time">The order of this tensor's rows.</param>
    /// <returns>[B, D], where this is [N, D].</returns>
    /// <exception cref="ShapeException">The rows are not those of the layout.</exception>
    public Tensor LastRows(TimeLayout time)
    {
        ArgumentNullException.ThrowIfNull(time);
        ShapeErrors.CheckRows("LastRows", "the input", Shape, time.Rows);
        Tensor result = Op.ResultIn(time.Step, [time.Count, Shape.Width], out bool recorded, this);
        Kernels.Gather(Storage, time.LastRowStorage, 1, result.Storage, Shape.Width, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = GatherBackward, Unread = TapeValues.All, Output = result, A = this, Ids = time.LastRowStorage, Factor = 1 });
        }

        return result;
    }

    /// <summary>result[r] = this[rows[r]], where every row is named once.</summary>
    private Tensor Permute(Step step, Storage<int> rows, Storage<int> inverse)
    {
        Tensor result = Op.ResultIn(step, Shape, out bool recorded, this);
        Kernels.Gather(Storage, rows, 1, result.Storage, Shape.Width, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = PermuteBackward, Unread = TapeValues.All, Output = result, A = this, Ids = inverse });
        }

        return result;
    }

    private static void PermuteBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
        entry.Output.Kernels.Gather(gradients.Of(entry.Output), entry.Ids, 1, slot, entry.Output.Shape.Width, accumulate);
    }
}
