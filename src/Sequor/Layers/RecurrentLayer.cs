using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>One recurrent layer in one direction.</summary>
/// <remarks>Its weights are <c>input.weight</c> [G · H, in] and <c>input.bias</c> [G · H], <c>recurrent.weight</c> [G · H, H] and <c>recurrent.bias</c> [G · H] with
/// the cell's G blocks one below the other in PyTorch's order (<see cref="RecurrentCell"/>). A normalised layer has <c>input_norm</c> and <c>recurrent_norm</c>
/// in the place of the biases, and of an LSTM <c>cell_norm</c> [H] too.</remarks>
internal sealed class RecurrentLayer
{
    private readonly RecurrentStackOptions _options;
    private readonly Parameter _input;
    private readonly Parameter? _inputBias;
    private readonly Parameter? _recurrent;
    private readonly Parameter? _recurrentBias;
    private readonly Norm? _inputNorm;
    private readonly Norm? _recurrentNorm;
    private readonly Norm? _cellNorm;

    internal RecurrentLayer(RecurrentStackOptions options, int inputWidth, INamedWeights weights)
    {
        _options = options;
        int blocks = RecurrentPass.BlocksOf(options.Cell);
        int products = blocks * options.Width;

        // As PyTorch draws them; Xavier's limit would take the blocks for one wide layer.
        Initializer drawn = Initializer.Uniform(1 / MathF.Sqrt(options.Width));
        _input = weights.In("input").Get("weight", [products, inputWidth], drawn, ParameterRole.Matrix);
        if (options.Cell != RecurrentCell.Ssru)
        {
            _recurrent = weights.In("recurrent").Get("weight", [products, options.Width], drawn, ParameterRole.Matrix);
        }

        if (options.LayerNorm)
        {
            _inputNorm = new Norm(NormKind.Layer, products, weights.In("input_norm"));
            _recurrentNorm = _recurrent is null ? null : new Norm(NormKind.Layer, products, weights.In("recurrent_norm"));
            _cellNorm = options.Cell == RecurrentCell.Lstm ? new Norm(NormKind.Layer, options.Width, weights.In("cell_norm")) : null;
            return;
        }

        _inputBias = weights.In("input").Get("bias", [products], options.Cell == RecurrentCell.Lstm ? Initializer.OneBlock(1, blocks) : Initializer.Zeros);
        _recurrentBias = _recurrent is null ? null : weights.In("recurrent").Get("bias", [products], Initializer.Zeros);
    }

    /// <summary>What the input gives to every gate, for all rows in one product.</summary>
    /// <param name="x">[N, in]</param>
    /// <returns>[N, G · H]</returns>
    internal Tensor Products(Tensor x)
    {
        Tensor products = x.Linear(_input, _inputBias?.Value ?? default);
        return _inputNorm?.Forward(products) ?? products;
    }

    /// <summary>One batch's way through the layer.</summary>
    internal RecurrentPass Pass(TimeLayout? time) => new(_options.Cell, time, new RecurrentOptions
    {
        HiddenZoneout = _options.Zoneout,
        CellZoneout = _options.CellZoneout,
        StateDropout = _options.RecurrentDropout,
        HiddenNoise = _options.HiddenNoise,
        DetachEvery = _options.DetachEvery,
    });

    /// <summary>All steps.</summary>
    /// <param name="pass">The batch's way.</param>
    /// <param name="products">[N, G · H] in the order of time.</param>
    /// <param name="initial">The state before the first step, by sentence; or none.</param>
    internal RecurrentSequence Forward(RecurrentPass pass, Tensor products, RecurrentState initial)
    {
        if (_recurrentNorm is null)
        {
            return products.Recurrence(pass, _recurrent?.Value ?? default, _recurrentBias?.Value ?? default, initial);
        }

        TimeLayout time = pass.Time!;
        var hidden = new Tensor[time.Steps];
        var cells = new Tensor[time.Steps];
        RecurrentState last = InTime(initial, time);
        for (int t = 0; t < time.Steps; t++)
        {
            last = Step(pass, t, products.RowRange(time.First(t), time.Active(t)), last);
            (hidden[t], cells[t]) = (last.Hidden, last.Cell);
        }

        return new RecurrentSequence(Tensor.StackRows(hidden), RecurrentPass.HasCellState(pass.Cell) ? Tensor.StackRows(cells) : default, time);
    }

    /// <summary>One step, with the bits of <see cref="Forward"/>.</summary>
    /// <param name="pass">The batch's way; one without time when decoding.</param>
    /// <param name="step">The step's number.</param>
    /// <param name="products">[R, G · H]</param>
    /// <param name="last">The state before, of R rows or more; or none.</param>
    /// <param name="weigh">What the recurrent products go through before they meet those of the input, [R, G · H].</param>
    internal RecurrentState Step(RecurrentPass pass, int step, Tensor products, RecurrentState last, TargetWeight weigh = default)
    {
        if (_recurrent is null || (_recurrentNorm is null && weigh.IsNone))
        {
            return products.RecurrentStep(pass, step, _recurrent?.Value ?? default, _recurrentBias?.Value ?? default, last);
        }

        Tensor before = last.Hidden.IsNone ? ZerosLike(products) : last.Hidden.RowRange(0, products.Shape.Rows);
        Tensor recurrent = before.SeenBy(pass, step).Linear(_recurrent, _recurrentBias?.Value ?? default);
        recurrent = _recurrentNorm?.Forward(recurrent) ?? recurrent;
        recurrent = weigh.Of(recurrent);
        return _cellNorm is null
            ? products.CellStep(pass, step, recurrent, last)
            : products.NormedCellStep(pass, step, recurrent, last, _cellNorm.Gain, _cellNorm.Bias);
    }

    /// <summary>A state of one row per sentence, in the order that the sentences have in time.</summary>
    internal static RecurrentState InTime(RecurrentState state, TimeLayout time) => new(
        state.Hidden.IsNone ? default : state.Hidden.SentencesToTime(time), state.Cell.IsNone ? default : state.Cell.SentencesToTime(time));

    private Tensor ZerosLike(Tensor products) => products.Detach().Columns(0, _options.Width).Scale(0);
}
