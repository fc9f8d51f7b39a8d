using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Recurrent layers that read whole sentences, forwards or from both ends at once (Schuster and Paliwal 1997).</summary>
/// <remarks>Weights are <c>layers.0.forward</c>, <c>layers.0.backward</c>, …; of a reader with a trained start, <c>layers.0.forward.initial.hidden</c> [1, H] and
/// <c>cell</c> too. Both directions of a layer read both directions of the layer below.</remarks>
internal sealed class RecurrentReader
{
    private readonly RecurrentStackOptions _options;
    private readonly Direction[][] _layers;
    private readonly bool _reversed;

    /// <summary>Makes the layers.</summary>
    /// <param name="options">Cell, widths and what happens between layers.</param>
    /// <param name="inputWidth">Width of the rows that are read.</param>
    /// <param name="bidirectional">Whether sentences are read from both ends.</param>
    /// <param name="reversed">Whether the first direction reads from the end.</param>
    /// <param name="learnedStart">Whether layers start at a trained state.</param>
    /// <param name="weights">Where the weights come from.</param>
    internal RecurrentReader(
        RecurrentStackOptions options, int inputWidth, bool bidirectional, bool reversed, bool learnedStart, INamedWeights weights)
    {
        (_options, _reversed) = (options, reversed);
        string[] directions = bidirectional ? ["forward", "backward"] : ["forward"];
        int width = options.Width * directions.Length;
        _layers = [.. Enumerable.Range(0, options.Layers).Select(i => (Direction[])[.. directions.Select(
            direction => new Direction(options, i == 0 ? inputWidth : width, learnedStart, weights.In($"layers.{i}.{direction}")))])];
    }

    /// <summary>Reads sentences.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="x">[M, in], all sentences end to end.</param>
    /// <param name="layout">Where each sentence is.</param>
    /// <param name="dropout">Drops between layers.</param>
    /// <param name="norms">For each layer and direction, where the backward pass adds the lengths of gradients by time step; or null.</param>
    /// <returns>The states, [M, C] with the directions side by side, and where each layer ended.</returns>
    internal (Tensor States, RecurrentState[] Ends) Read(Step step, Tensor x, SequenceLayout layout, RowDropout dropout, Func<int, string, double[]?>? norms)
    {
        TimeLayout[] times = _layers[0].Length == 1 ? [layout.InTime(_reversed)] : [layout.InTime(_reversed), layout.InTime(!_reversed)];
        var ends = new RecurrentState[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
        {
            Tensor input = i == 0 ? x : dropout.Apply(x, _options.Dropout);
            Tensor states = default;
            for (int d = 0; d < times.Length; d++)
            {
                RecurrentSequence sequence = _layers[i][d].Read(step, input, times[d], norms?.Invoke(i, d == 0 ? "forward" : "backward"));
                Tensor hidden = sequence.Hidden.FromTime(times[d]);
                states = Beside(states, hidden);
                RecurrentState end = sequence.Final();
                sequence.Hidden.Discard(unless: hidden);
                ends[i] = new RecurrentState(Beside(ends[i].Hidden, end.Hidden), end.Cell.IsNone ? default : Beside(ends[i].Cell, end.Cell));
            }

            x = i > 0 && _options.Residual ? states.Add(input) : states;
            states.Discard(unless: x);
        }

        return (x, ends);
    }

    private static Tensor Beside(Tensor left, Tensor right)
    {
        if (left.IsNone)
        {
            return right;
        }

        Tensor both = left.Concatenate(right);
        left.Discard();
        right.Discard();
        return both;
    }

    private sealed class Direction
    {
        private readonly RecurrentLayer _layer;
        private readonly LearnedState? _start;

        internal Direction(RecurrentStackOptions options, int inputWidth, bool learnedStart, INamedWeights weights)
        {
            _layer = new RecurrentLayer(options, inputWidth, weights);
            _start = learnedStart ? new LearnedState(options, weights.In("initial")) : null;
        }

        internal RecurrentSequence Read(Step step, Tensor x, TimeLayout time, double[]? norms)
        {
            RecurrentPass pass = _layer.Pass(time);
            pass.GradientNorms = norms;
            Tensor inTime = x.ToTime(time);
            Tensor products = _layer.Products(inTime);
            inTime.Discard(unless: x);
            RecurrentSequence sequence = _layer.Forward(pass, products, _start?.For(step, time.Count) ?? default);
            products.Discard();
            return sequence;
        }
    }
}
