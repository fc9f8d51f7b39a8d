using Sequor.Layers;
using Sequor.Tensors;

namespace Sequor.Models.Recurrent;

/// <summary>The bridge: makes the decoder's first state.</summary>
/// <remarks>Weights: <c>layers.0.hidden</c> and, of cells that have one, <c>layers.0.cell</c>: a dense layer for a dense bridge, a row for a trained state.</remarks>
internal sealed class DecoderStart
{
    private readonly RecurrentModelOptions _options;
    private readonly LearnedState[]? _learned;
    private readonly (Linear Hidden, Linear? Cell)[]? _dense;

    internal DecoderStart(RecurrentModelOptions options, INamedWeights weights)
    {
        _options = options;
        RecurrentStackOptions decoder = options.Decoder;
        int[] layers = [.. Enumerable.Range(0, decoder.Layers)];
        if (options.Bridge == Bridge.Learned)
        {
            _learned = [.. layers.Select(i => new LearnedState(decoder, weights.In($"layers.{i}")))];
        }
        else if (options.Bridge is Bridge.Dense or Bridge.DenseMean)
        {
            Linear Layer(int layer, string part) => new(options.MemoryWidth, decoder.Width, weights.In($"layers.{layer}.{part}"), options.Initializer);
            _dense = [.. layers.Select(i => (Layer(i, "hidden"), RecurrentPass.HasCellState(decoder.Cell) ? Layer(i, "cell") : null))];
        }
    }

    /// <summary>The first state of each layer, [B, H] in the order of the sentences.</summary>
    internal RecurrentState[] For(EncodedSource memory)
    {
        if (_options.Bridge == Bridge.Copy)
        {
            return [.. memory.Ends!];
        }

        if (_learned is not null)
        {
            return [.. _learned.Select(state => state.For(memory.Layout.Step, memory.Layout.Count))];
        }

        return _dense is null ? [.. Enumerable.Range(0, _options.Decoder.Layers).Select(_ => Zeros(memory))] : Dense(memory);
    }

    private RecurrentState[] Dense(EncodedSource memory)
    {
        RecurrentState end = _options.Bridge == Bridge.DenseMean ? new RecurrentState(memory.States.SentenceMeans(memory.Layout)) : memory.Ends![^1];
        Tensor cell = end.Cell.IsNone ? end.Hidden : end.Cell;
        return [.. _dense!.Select(bridge => new RecurrentState(
            bridge.Hidden.Forward(end.Hidden, Activation.Tanh), bridge.Cell?.Forward(cell, Activation.Tanh) ?? default))];
    }

    private RecurrentState Zeros(EncodedSource memory)
    {
        Tensor rows = memory.Layout.Step.Filled(0, [memory.Layout.Count, _options.Decoder.Width]);
        return new RecurrentState(rows, RecurrentPass.HasCellState(_options.Decoder.Cell) ? rows : default);
    }
}
