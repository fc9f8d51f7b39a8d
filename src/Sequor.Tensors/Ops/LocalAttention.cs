using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>
    /// Weights that fall off around predicted centres: w[r, j] · exp(-(j - p)² / (2σ²)) with σ = reach / 2 (Luong et al. 2015, eq. 10). The gradient
    /// flows into the centres, which is how they learn; p = S · sigmoid(…) with S from <see cref="SourceReaders.LengthsOfSources"/> is his eq. 9.
    /// </summary>
    /// <param name="centres">p, counted in positions from 0: [R · H, 1], where this is [R · H, L].</param>
    /// <param name="reach">Half the width of the window, D, 0.5 or more.</param>
    /// <param name="readers">Which source sentence each row reads.</param>
    /// <returns>[R · H, L], 0 behind each row's sentence; rows no longer add up to 1.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The reach is below 0.5.</exception>
    public Tensor FocusOn(Tensor centres, float reach, SourceReaders readers)
    {
        CheckReach(reach);
        int heads = CheckScores("FocusOn", readers);
        ShapeErrors.CheckSame("FocusOn's centres", centres.Shape, Shape.WithWidth(1));
        Tensor result = Op.Result(Shape, out bool recorded, this, centres);
        Kernels.SourceFocus(readers.Plan(heads), Storage, centres.Storage, reach / 2, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = FocusOnBackward,
                Unread = TapeValues.Output,
                Output = result,
                A = this,
                B = centres,
                Details = readers,
                First = heads,
                Factor = reach / 2,
            });
        }

        return result;
    }

    /// <summary>
    /// Filters over each row of weights, f[r, j, k] = Σ filters[k, i] · w[r, j + i - (width - 1) / 2], with nothing before and behind the row's own
    /// sentence: the features of location-aware attention (Chorowski et al. 2015, eq. 8), for <see cref="AdditiveScores"/>.
    /// </summary>
    /// <param name="filters">[K, width], the width odd, where this is [R · H, L].</param>
    /// <param name="readers">Which source sentence each row reads.</param>
    /// <returns>[R · H, L, K], 0 behind each row's sentence.</returns>
    /// <exception cref="ShapeException">The sizes do not fit together, or the width is even.</exception>
    public Tensor LocationFeatures(Tensor filters, SourceReaders readers)
    {
        int heads = CheckScores("LocationFeatures", readers);
        ShapeErrors.CheckRank("LocationFeatures", "the filters", filters.Shape, 2);
        if (filters.Shape.Width % 2 == 0)
        {
            throw new ShapeException($"LocationFeatures: the filters have shape {filters.Shape}, but their width must be odd, so that each has a middle.");
        }

        Tensor result = Op.Result([Shape.Rows, readers.Columns, filters.Shape.Rows], out bool recorded, this, filters);
        Kernels.LocationFeatures(readers.Plan(heads), Storage, filters.Storage, filters.Shape.Width, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry
            {
                Backward = LocationFeaturesBackward,
                Unread = TapeValues.Output,
                Output = result,
                A = this,
                B = filters,
                Details = readers,
                First = heads,
            });
        }

        return result;
    }

    private static void FocusOnBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> dResult = gradients.Of(entry.Output);
        entry.Output.Kernels.SourceFocusBackward(
            PlanOf(entry, entry.First), entry.A.Storage, entry.B.Storage, entry.Factor, dResult,
            AddedTo(entry.A, gradients), AddedTo(entry.B, gradients));
    }

    private static void LocationFeaturesBackward(in TapeEntry entry, Gradients gradients)
    {
        Storage<float> dFeatures = gradients.Of(entry.Output);
        entry.Output.Kernels.LocationFeaturesBackward(
            PlanOf(entry, entry.First), entry.A.Storage, entry.B.Storage, entry.B.Shape.Width, dFeatures,
            AddedTo(entry.A, gradients), AddedTo(entry.B, gradients));
    }
}
