using System.Buffers;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

/// <summary>How much of a row's attention a source position should have.</summary>
/// <param name="Row">The row of attention weights, 0 or more.</param>
/// <param name="Position">The position in the row's source sentence, 0 or more.</param>
/// <param name="Weight">The wanted weight, usually 1 / the links of the row, so that those of a row add up to 1.</param>
public readonly record struct AlignmentPoint(int Row, int Position, float Weight);

public readonly partial struct Tensor
{
    /// <summary>
    /// Σ min(w, coverage) over each row's own sentence: what attention pays again to positions that it has covered (See et al. 2017, eq. 12), where
    /// coverage is the sum of the weights of all earlier time steps.
    /// </summary>
    /// <param name="coverage">[R · H, L], where this is the weights, [R · H, L].</param>
    /// <param name="readers">Which source sentence each row reads.</param>
    /// <returns>[R · H, 1]</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor CoverageLoss(Tensor coverage, SourceReaders readers)
    {
        int heads = CheckScores("CoverageLoss", readers);
        ShapeErrors.CheckSame("CoverageLoss", Shape, coverage.Shape);
        Tensor result = Op.Result([Shape.Rows, 1], out bool recorded, this, coverage);
        Kernels.SourceMinima(readers.Plan(heads), Storage, coverage.Storage, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = CoverageLossBackward, Unread = TapeValues.Output, Output = result, A = this, B = coverage, Details = readers, First = heads });
        }

        return result;
    }

    /// <summary>
    /// -Σ a* log w of each row over given alignment points: attention that is guided by word alignments (Mi et al. 2016; Chen et al. 2016). A row without
    /// points costs nothing. Weights below 10⁻²⁰ count as 10⁻²⁰.
    /// </summary>
    /// <param name="points">In any order.</param>
    /// <param name="readers">Which source sentence each row reads, where this is [R · H, L].</param>
    /// <returns>[R · H, 1], in nats.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A point names a row that is not there or a position outside its sentence.</exception>
    public Tensor AlignmentLoss(ReadOnlySpan<AlignmentPoint> points, SourceReaders readers)
    {
        int heads = CheckScores("AlignmentLoss", readers);
        foreach (AlignmentPoint point in points)
        {
            CheckPoint(point, Shape.Rows, readers, heads);
        }

        Step step = readers.Source.Step;
        Storage<int> places = SortByRow(step, points, Shape.Rows, out Storage<float> targets);
        Tensor result = Op.Result([Shape.Rows, 1], out bool recorded, this);
        Kernels.AlignmentLoss(Storage, Shape.Width, Starts(places, Shape), Positions(places, Shape), targets, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = AlignmentLossBackward, Unread = TapeValues.Output, Output = result, A = this, Ids = places, Saved = targets });
        }

        return result;
    }

    private static void CoverageLossBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> dSums = gradients.Of(entry.Output);
        entry.Output.Kernels.SourceMinimaBackward(
            PlanOf(entry, entry.First), entry.A.Storage, entry.B.Storage, dSums, AddedTo(entry.A, gradients), AddedTo(entry.B, gradients));
    }

    private static void AlignmentLossBackward(in TapeEntry entry, Gradients gradients)
    {
        Shape shape = entry.A.Shape;
        entry.Output.Kernels.AlignmentLossBackward(
            entry.A.Storage, shape.Width, Starts(entry.Ids, shape), Positions(entry.Ids, shape), entry.Saved, gradients.Of(entry.Output),
            AddedTo(entry.A, gradients));
    }

    private static Storage<int> Starts(Storage<int> places, Shape weights) => places.Slice(0, weights.Rows + 1);

    private static Storage<int> Positions(Storage<int> places, Shape weights) => places.Slice(weights.Rows + 1, places.Length - weights.Rows - 1);

    /// <summary>Where each row's points begin, [rows + 1], and behind that the position of each point.</summary>
    private static Storage<int> SortByRow(Step step, ReadOnlySpan<AlignmentPoint> points, int rows, out Storage<float> targets)
    {
        int count = rows + 1 + points.Length;
        int[] rented = ArrayPool<int>.Shared.Rent(count);
        float[] weights = ArrayPool<float>.Shared.Rent(points.Length);
        Span<int> starts = rented.AsSpan(0, rows + 1);
        Span<int> positions = rented.AsSpan(rows + 1, points.Length);
        starts.Clear();
        foreach (AlignmentPoint point in points)
        {
            starts[point.Row]++;
        }

        int end = 0;
        for (int row = 0; row <= rows; row++)
        {
            end += starts[row];
            starts[row] = end;
        }

        // Filled from the back, each row's end moves down to its start.
        for (int i = points.Length - 1; i >= 0; i--)
        {
            int place = --starts[points[i].Row];
            (positions[place], weights[place]) = (points[i].Position, points[i].Weight);
        }

        targets = step.Upload<float>(weights.AsSpan(0, points.Length));
        Storage<int> places = step.Upload<int>(rented.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(rented);
        ArrayPool<float>.Shared.Return(weights);
        return places;
    }

    private static void CheckPoint(AlignmentPoint point, int rows, SourceReaders readers, int heads)
    {
        if ((uint)point.Row >= (uint)rows)
        {
            throw new ArgumentOutOfRangeException(nameof(point), point.Row, $"An alignment point names row {point.Row} of attention weights, but there are {rows} rows, counted from 0.");
        }

        int length = readers.LengthOfSource(point.Row / heads);
        if ((uint)point.Position >= (uint)length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(point), point.Position, $"An alignment point of row {point.Row} names position {point.Position}, but its source sentence has {length} positions, counted from 0.");
        }
    }
}
