using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>
    /// One step of an LSTM whose cell state is layer-normalised on its way to the hidden state, h = σ(o) tanh(norm(c)) (Ba et al. 2016, equations 20 to 22).
    /// The norms of the input products and of the recurrent products come before: this tensor and <paramref name="products"/> are normalised already.
    /// Made of single ops, so slower than <see cref="CellStep"/>.
    /// </summary>
    /// <param name="pass">The settings, of an <see cref="RecurrentCell.Lstm"/>.</param>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="products">The recurrent products, [R, 4 H] as this tensor.</param>
    /// <param name="previous">The state before the step, [R, H] or more rows, of which the first R count; zeros when left out.</param>
    /// <param name="gain">Of the cell state's norm, [H].</param>
    /// <param name="bias">Of the cell state's norm, [H].</param>
    /// <returns>The state after the step, [R, H].</returns>
    /// <exception cref="ShapeException">Sizes do not fit each other.</exception>
    /// <exception cref="ArgumentException">The pass is of another cell.</exception>
    public RecurrentState NormedCellStep(RecurrentPass pass, int step, Tensor products, RecurrentState previous, Tensor gain, Tensor bias)
    {
        ArgumentNullException.ThrowIfNull(pass);
        RecurrentErrors.CheckProducts("NormedCellStep", pass, Shape, products, previous.Cell);
        RecurrentErrors.CheckStep("NormedCellStep", pass, step, Shape.Rows);
        if (pass.Cell != RecurrentCell.Lstm)
        {
            throw new ArgumentException($"NormedCellStep: only {RecurrentCell.Lstm} has a cell state to normalise, but the pass is of {pass.Cell}.", nameof(pass));
        }

        RecurrentErrors.CheckChances("NormedCellStep", pass, Op.RequiredStep("NormedCellStep", this, products));
        int rows = Shape.Rows;
        Tensor sums = products.IsNone ? this : Add(products);
        Tensor content = sums.Block(0, Activation.Sigmoid).Multiply(sums.Block(2, Activation.Tanh));
        Tensor before = previous.Cell.IsNone ? content.Scale(0) : previous.Cell.RowRange(0, rows);
        bool detached = pass.DetachesBefore(step);
        before = detached ? before.Detach() : before;
        Tensor state = sums.Block(1, Activation.Sigmoid).Multiply(before).Add(content);
        Tensor hidden = sums.Block(3, Activation.Sigmoid).Multiply(state.LayerNorm(gain, bias).Activate(Activation.Tanh));
        Tensor hiddenBefore = previous.Hidden.IsNone ? hidden.Scale(0) : previous.Hidden.RowRange(0, rows);
        hiddenBefore = detached ? hiddenBefore.Detach() : hiddenBefore;
        return new RecurrentState(
            hidden.Noisy(pass, step).Zoned(hiddenBefore, pass.HiddenZoneout(step, rows)).Measured(pass, step),
            state.Zoned(before, pass.CellZoneout(step, rows)));
    }

    /// <summary>One of the four blocks of an LSTM's gates.</summary>
    private Tensor Block(int block, Activation activation)
    {
        int width = Shape.Width / 4;
        return Columns(block * width, width).Activate(activation);
    }

    private Tensor Noisy(RecurrentPass pass, int step)
    {
        Storage<uint> keys = pass.NoiseKeys(step, Shape.Rows, out uint site);
        if (keys.IsEmpty)
        {
            return this;
        }

        Tensor result = Scale(1);
        Kernels.AddNoise(result.Storage, pass.Options.HiddenNoise, Shape.Width, keys, site);
        return result;
    }

    private Tensor Zoned(Tensor previous, in DropoutMask mask)
    {
        if (mask.KeepsAll)
        {
            return this;
        }

        Tensor result = Op.Result(Shape, out bool recorded, this, previous);
        Kernels.Zoneout(previous.Storage, Storage, result.Storage, Shape.Width, mask);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = ZonedBackward, Unread = TapeValues.All, Output = result, A = this, B = previous, Mask = mask });
        }

        return result;
    }

    /// <summary>The same numbers; the lengths of the gradients that come back through them are told to the pass, where it wants them.</summary>
    private Tensor Measured(RecurrentPass pass, int step)
    {
        if (pass.GradientNorms is null)
        {
            return this;
        }

        Tensor result = Op.Result(Shape, out bool recorded, this);
        Kernels.Copy(Storage, result.Storage);
        if (recorded)
        {
            Op.Remember(new TapeEntry { Backward = MeasuredBackward, Unread = TapeValues.All, Output = result, A = this, Details = pass, First = step });
        }

        return result;
    }

    private static void MeasuredBackward(in TapeEntry entry, Gradients gradients)
    {
        ((RecurrentPass)entry.Details!).AddNorms(entry.First, GradientMatrix(entry.Output, gradients), entry.Output.Device, gradients);
        PassOn(entry.A, 1, entry.Output, gradients);
    }

    private static void ZonedBackward(in TapeEntry entry, Gradients gradients)
    {
        entry.Output.Kernels.ZoneoutBackward(
            gradients.Of(entry.Output), AddedTo(entry.B, gradients), entry.Output.Shape.Width, entry.Mask);
        PassOn(entry.A, 1, entry.Output, gradients);
    }
}
