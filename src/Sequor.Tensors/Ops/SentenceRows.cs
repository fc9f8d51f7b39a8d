using System.Buffers;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>The mean of each sentence's rows.</summary>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <returns>[B, D], where this is [N, D].</returns>
    /// <exception cref="ShapeException">The rows are not those of the layout.</exception>
    public Tensor SentenceMeans(SequenceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ShapeErrors.CheckRows("SentenceMeans", "the input", Shape, layout.Rows);
        Tensor result = Op.Result([layout.Count, Shape.Width], out bool recorded, this);
        Kernels.SentenceMeans(Storage, layout.StartStorage, layout.LengthStorage, Shape.Width, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = SentenceMeansBackward, Unread = TapeValues.All, Output = result, A = this, Details = layout });
        }

        return result;
    }

    /// <summary>The first row of each sentence.</summary>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <returns>[B, D], where this is [N, D].</returns>
    /// <exception cref="ShapeException">The rows are not those of the layout.</exception>
    public Tensor FirstOfEach(SequenceLayout layout) => EndOfEach("FirstOfEach", layout, last: false);

    /// <summary>The last row of each sentence.</summary>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <returns>[B, D], where this is [N, D].</returns>
    /// <exception cref="ShapeException">The rows are not those of the layout.</exception>
    public Tensor LastOfEach(SequenceLayout layout) => EndOfEach("LastOfEach", layout, last: true);

    /// <summary>Each sentence's row for every row of its sentence in another layout, such as a fixed context for all target positions.</summary>
    /// <param name="layout">As many sentences as this has rows.</param>
    /// <returns>[N, D], where this is [B, D].</returns>
    /// <exception cref="ShapeException">There are not as many rows as sentences.</exception>
    public Tensor ForEveryRow(SequenceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ShapeErrors.CheckRows("ForEveryRow", "the input", Shape, layout.Count);
        int[] sentences = ArrayPool<int>.Shared.Rent(layout.Rows);
        int row = 0;
        for (int i = 0; i < layout.Count; i++)
        {
            sentences.AsSpan(row, layout.Lengths[i]).Fill(i);
            row += layout.Lengths[i];
        }

        Tensor result = Gather(layout.Step, sentences.AsSpan(0, layout.Rows));
        ArrayPool<int>.Shared.Return(sentences);
        return result;
    }

    private Tensor EndOfEach(string operation, SequenceLayout layout, bool last)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ShapeErrors.CheckRows(operation, "the input", Shape, layout.Rows);
        int[] rows = ArrayPool<int>.Shared.Rent(layout.Count);
        int end = 0;
        for (int i = 0; i < layout.Count; i++)
        {
            int start = end;
            end += layout.Lengths[i];
            rows[i] = last ? end - 1 : start;
        }

        Tensor result = Gather(layout.Step, rows.AsSpan(0, layout.Count));
        ArrayPool<int>.Shared.Return(rows);
        return result;
    }

    private static void SentenceMeansBackward(in TapeEntry entry, Gradients gradients)
    {
        var layout = (SequenceLayout)entry.Details!;
        Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
        entry.Output.Kernels.SentenceMeansBackward(
            gradients.Of(entry.Output), layout.StartStorage, layout.LengthStorage, entry.A.Shape.Width, slot, accumulate);
    }
}
