using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Looks rows of this table up: y[r] = scale · table[ids[r]].</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="ids">[N], each 0 to V - 1, where this is [V, D].</param>
    /// <param name="scale">The factor.</param>
    /// <returns>[N, D]</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id lies outside the table.</exception>
    public Tensor Gather(Step step, ReadOnlySpan<int> ids, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(step);
        ShapeErrors.CheckRank("Gather", "the table", Shape, 2);
        if (Op.StepOf(this) is { } owner && !ReferenceEquals(owner, step))
        {
            LifetimeErrors.DifferentSteps();
        }

        foreach (int id in ids)
        {
            if ((uint)id >= (uint)Shape[0])
            {
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"Gather from a table of {Shape[0]} rows: the id {id} lies outside it.");
            }
        }

        bool recorded = step.Options.RecordGradients && Gradients.Wants(this);
        Tensor result = step.Allocate([ids.Length, Shape.Width], recorded);
        Storage<int> rows = step.Upload(ids);
        if (Owner.AsParameter is { IsPacked: true } parameter && parameter.Shape == Shape)
        {
            Kernels.GatherPacked(parameter.PackedRows(0, Shape[0]), rows, scale, result.Storage);
        }
        else
        {
            Kernels.Gather(Storage, rows, scale, result.Storage, Shape.Width, false);
        }

        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = GatherBackward, Unread = TapeValues.All, Output = result, A = this, Ids = rows, Factor = scale });
        }

        return result;
    }

    /// <summary>Adds to each row the table's row of its position in the sentence.</summary>
    /// <param name="table">[positions, D], where this is [N, D].</param>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <returns>[N, D]</returns>
    /// <exception cref="ShapeException">Sizes differ, or a sentence is longer than the table.</exception>
    public Tensor AddPositions(Tensor table, SequenceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ShapeErrors.CheckWidth("AddPositions", "the table", table.Shape, Shape.Width);
        ShapeErrors.CheckRows("AddPositions", "the input", Shape, layout.Rows);
        if (layout.PositionsUsed > table.Shape.Rows)
        {
            ShapeErrors.OutOfRange("AddPositions", "the positions", 0, layout.PositionsUsed, table.Shape.Rows);
        }

        Tensor result = Op.Result(Shape, out bool recorded, this, table);
        Kernels.Copy(Storage, result.Storage);
        Kernels.Gather(table.Storage, layout.Positions, 1, result.Storage, Shape.Width, true);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = AddPositionsBackward, Unread = TapeValues.All, Output = result, A = this, B = table, Ids = layout.Positions });
        }

        return result;
    }

    private static void GatherBackward(in TapeEntry entry, Gradients gradients) =>
        entry.Output.Kernels.ScatterAdd(
            gradients.Of(entry.Output), entry.Ids, entry.Factor, AddedTo(entry.A, gradients), entry.Output.Shape.Width);

    private static void AddPositionsBackward(in TapeEntry entry, Gradients gradients)
    {
        PassOn(entry.A, 1, entry.Output, gradients);
        if (Gradients.Wants(entry.B))
        {
            entry.Output.Kernels.ScatterAdd(
                gradients.Of(entry.Output), entry.Ids, 1, AddedTo(entry.B, gradients), entry.Output.Shape.Width);
        }
    }
}
