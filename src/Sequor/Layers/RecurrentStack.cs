using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Recurrent layers on top of each other that read in one direction, whole sentences or step by step with the same bits.</summary>
internal sealed class RecurrentStack
{
    private readonly RecurrentLayer[] _layers;

    /// <summary>Makes the layers from <c>layers.0</c>, <c>layers.1</c>, ….</summary>
    internal RecurrentStack(RecurrentStackOptions options, int inputWidth, INamedWeights weights)
    {
        Options = options;
        _layers = [.. Enumerable.Range(0, options.Layers).Select(
            i => new RecurrentLayer(options, i == 0 ? inputWidth : options.Width, weights.In($"layers.{i}")))];
    }

    internal RecurrentStackOptions Options { get; }

    /// <summary>What the input gives to every gate of the first layer, [N, in] to [N, G · H].</summary>
    internal Tensor Products(Tensor x) => _layers[0].Products(x);

    /// <summary>A batch's way through all layers, with its random choices.</summary>
    /// <param name="time">The order of the rows; none for decoding.</param>
    /// <param name="dropout">Drops between layers; none for decoding.</param>
    internal Pass Begin(TimeLayout? time = null, RowDropout? dropout = null)
    {
        var passes = new RecurrentPass[_layers.Length];
        var masks = new Tensor[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
        {
            passes[i] = _layers[i].Pass(time);
            masks[i] = time is null || dropout is null || i == 0 ? default : dropout.MaskInTime(Options.Dropout, Options.Width, time);
        }

        return new Pass(passes, masks);
    }

    /// <summary>All steps.</summary>
    /// <param name="pass">The batch's way.</param>
    /// <param name="products">[N, G · H] of the first layer, in the order of time.</param>
    /// <param name="initial">Each layer's state before the first step, by sentence.</param>
    /// <returns>What the last layer hands on, [N, H] in the order of time.</returns>
    internal Tensor Forward(Pass pass, Tensor products, RecurrentState[] initial)
    {
        Tensor x = default;
        for (int i = 0; i < _layers.Length; i++)
        {
            Tensor input = i == 0 ? default : Masked(x, pass.Masks[i]);
            Tensor entering = i == 0 ? products : _layers[i].Products(input);
            Tensor hidden = _layers[i].Forward(pass.Layers[i], entering, initial[i]).Hidden;
            entering.Discard(unless: products);
            x = i > 0 && Options.Residual ? hidden.Add(input) : hidden;
        }

        return x;
    }

    /// <summary>One step, with the bits of <see cref="Forward"/>.</summary>
    /// <param name="pass">The batch's way.</param>
    /// <param name="step">The step's number.</param>
    /// <param name="products">[R, G · H] of the first layer.</param>
    /// <param name="states">Each layer's state before the step, R rows or more; replaced by the state after it.</param>
    /// <param name="weigh">What the first layer's recurrent products go through, [R, G · H].</param>
    /// <returns>What the last layer hands on, [R, H].</returns>
    internal Tensor Step(Pass pass, int step, Tensor products, RecurrentState[] states, TargetWeight weigh = default)
    {
        Tensor x = default;
        for (int i = 0; i < _layers.Length; i++)
        {
            Tensor input = i == 0 ? default : Masked(x, pass.MaskOf(i, step));
            Tensor entering = i == 0 ? products : _layers[i].Products(input);
            states[i] = _layers[i].Step(pass.Layers[i], step, entering, states[i], i == 0 ? weigh : default);
            entering.Discard(unless: products);
            x = i > 0 && Options.Residual ? states[i].Hidden.Add(input) : states[i].Hidden;
        }

        return x;
    }

    private static Tensor Masked(Tensor x, Tensor mask) => mask.IsNone ? x : x.Multiply(mask);

    /// <summary>A batch's way through the layers.</summary>
    /// <param name="Layers">The way through each layer.</param>
    /// <param name="Masks">What each layer's input is multiplied by, [N, H] in the order of time, or none.</param>
    internal sealed record Pass(RecurrentPass[] Layers, Tensor[] Masks)
    {
        internal Tensor MaskOf(int layer, int step)
        {
            Tensor mask = Masks[layer];
            return mask.IsNone || Layers[layer].Time is not { } time ? default : mask.RowRange(time.First(step), time.Active(step));
        }
    }
}
