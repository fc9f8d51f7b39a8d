using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>
    /// Scores of every position of each row's source sentence by products: e[r · H + h, j] = scale · q[r] · k[j] over the columns of head h. With the
    /// encoder's states as keys this is Luong's dot, with a projected query his general (2015, eq. 8), with scale 1/√(D/H) that of Vaswani et al. 2017.
    /// </summary>
    /// <param name="keys">[M, D], where this is [R, D].</param>
    /// <param name="readers">Which source sentence each row reads, R rows.</param>
    /// <param name="heads">The number of heads, H; D must be a multiple of it.</param>
    /// <param name="scale">The factor.</param>
    /// <returns>[R · H, L], the rows of a query's heads side by side; 0 behind each row's sentence.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor DotScores(Tensor keys, SourceReaders readers, int heads = 1, float scale = 1)
    {
        const string Operation = "DotScores";
        ArgumentNullException.ThrowIfNull(readers);
        CheckHeads(Shape.Width, heads);
        ShapeErrors.CheckRows(Operation, "the queries", Shape, readers.Count);
        ShapeErrors.CheckRows(Operation, "the keys", keys.Shape, readers.Source.Rows);
        ShapeErrors.CheckWidth(Operation, "the keys", keys.Shape, Shape.Width);
        Tensor result = Op.Result([readers.Count * heads, readers.Columns], out bool recorded, this, keys);
        Kernels.SourceDots(readers.Plan(heads), Storage, keys.Storage, Shape.Width, scale, result.Storage, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = DotScoresBackward,
                Unread = TapeValues.Output,
                Output = result,
                A = this,
                B = keys,
                Details = readers,
                First = heads,
                Factor = scale,
            });
        }

        return result;
    }

    /// <summary>Makes scores weights that add up to 1 over each row's own source sentence; the row's greatest score is subtracted first.</summary>
    /// <param name="readers">Which source sentence each row reads, where this is [R · H, L].</param>
    /// <returns>[R · H, L], 0 behind each row's sentence.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor SoftmaxOverSource(SourceReaders readers) => SoftmaxInWindow(readers, default, 0);

    /// <summary>
    /// As <see cref="SoftmaxOverSource(SourceReaders)"/> over the positions within reach of a centre only, which is Luong's local attention
    /// (2015, §3.2); all others weigh nothing. Where a window lies outside the sentence, all weight goes to the position nearest to its centre.
    /// </summary>
    /// <param name="readers">Which source sentence each row reads, where this is [R · H, L].</param>
    /// <param name="centres">The middle of each row's window, counted in positions from 0: [R · H, 1]. No gradient flows here.</param>
    /// <param name="reach">How far the window goes to either side, D, 0.5 or more.</param>
    /// <returns>[R · H, L], 0 outside the window.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The reach is below 0.5.</exception>
    public Tensor SoftmaxOverSource(SourceReaders readers, Tensor centres, float reach)
    {
        CheckReach(reach);
        ShapeErrors.CheckSame("SoftmaxOverSource's centres", centres.Shape, Shape.WithWidth(1));
        return SoftmaxInWindow(readers, centres, reach);
    }

    /// <summary>The source rows of each query row's sentence mixed by their weights, head by head: the context of a decoder.</summary>
    /// <param name="values">[M, D], where this is [R · H, L]; D must be a multiple of H.</param>
    /// <param name="readers">Which source sentence each row reads, R rows.</param>
    /// <returns>[R, D]</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public Tensor WeightedSum(Tensor values, SourceReaders readers)
    {
        int heads = CheckScores("WeightedSum", readers);
        int width = values.Shape.Width;
        CheckHeads(width, heads);
        ShapeErrors.CheckRows("WeightedSum", "the values", values.Shape, readers.Source.Rows);
        Tensor result = Op.Result([readers.Count, width], out bool recorded, this, values);
        Kernels.SourceSums(readers.Plan(heads), Storage, values.Storage, width, 1, result.Storage, false);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = WeightedSumBackward, Unread = TapeValues.Output, Output = result, A = this, B = values, Details = readers, First = heads });
        }

        return result;
    }

    private Tensor SoftmaxInWindow(SourceReaders readers, Tensor centres, float reach)
    {
        int heads = CheckScores("SoftmaxOverSource", readers);
        Tensor result = Op.Result(Shape, out bool recorded, this, centres);
        Kernels.SourceSoftmax(readers.Plan(heads), Storage, centres.IsNone ? default : centres.Storage, reach, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = SoftmaxOverSourceBackward, Unread = TapeValues.A, Output = result, A = this, Details = readers, First = heads });
        }

        return result;
    }

    private static void DotScoresBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> dScores = gradients.Of(entry.Output);
        int width = entry.A.Shape.Width;
        if (Gradients.Wants(entry.A))
        {
            Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
            entry.Output.Kernels.SourceSums(PlanOf(entry, entry.First), dScores, entry.B.Storage, width, entry.Factor, slot, accumulate);
        }

        if (Gradients.Wants(entry.B))
        {
            Storage<float> slot = AddedTo(entry.B, gradients);
            entry.Output.Kernels.SourceSpread(PlanOf(entry, entry.First), dScores, entry.A.Storage, width, entry.Factor, slot);
        }
    }

    private static void SoftmaxOverSourceBackward(in TapeEntry entry, Gradients gradients)
    {
        if (Gradients.Wants(entry.A))
        {
            Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
            entry.Output.Kernels.SourceSoftmaxBackward(
                PlanOf(entry, entry.First), entry.Output.Storage, gradients.Of(entry.Output), slot, accumulate);
        }
    }

    private static void WeightedSumBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> dOutput = gradients.Of(entry.Output);
        int width = entry.B.Shape.Width;
        if (Gradients.Wants(entry.A))
        {
            Storage<float> slot = gradients.Slot(entry.A, out bool accumulate);
            entry.Output.Kernels.SourceDots(PlanOf(entry, entry.First), dOutput, entry.B.Storage, width, 1, slot, accumulate);
        }

        if (Gradients.Wants(entry.B))
        {
            Storage<float> slot = AddedTo(entry.B, gradients);
            entry.Output.Kernels.SourceSpread(PlanOf(entry, entry.First), entry.A.Storage, dOutput, width, 1, slot);
        }
    }

    private static SourcePlan PlanOf(in TapeEntry entry, int heads) => ((SourceReaders)entry.Details!).Plan(heads);

    /// <summary>How many rows of these scores or weights each query row has.</summary>
    private int CheckScores(string operation, SourceReaders readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        ShapeErrors.CheckWidth(operation, "the scores", Shape, readers.Columns);
        int heads = readers.Count == 0 ? 1 : Shape.Rows / readers.Count;
        ShapeErrors.CheckRows(operation, "the scores", Shape, Math.Max(1, heads) * readers.Count);
        return Math.Max(1, heads);
    }

    private static void CheckReach(float reach)
    {
        if (!(reach >= 0.5f))
        {
            throw new ArgumentOutOfRangeException(nameof(reach), reach, "A window of attention must reach at least 0.5 positions to either side of its centre.");
        }
    }
}
