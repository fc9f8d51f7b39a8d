using Sequor.Layers;
using Sequor.Tensors;

namespace Sequor.Models.Recurrent;

/// <summary>What stands between the decoder's state and the logits: f(W [state; context; word] + b), with f nothing, tanh (Luong et al. 2015, eq. 5) or maxout
/// (Bahdanau et al. 2015, A.2.2, who read the state before the step).</summary>
/// <remarks>Weights: <c>weight</c> and <c>bias</c>; of maxout <c>first</c> and <c>second</c>; behind a gate <c>target</c>, <c>source</c> and <c>gate</c>.</remarks>
internal sealed class Readout
{
    private readonly RecurrentModelOptions _options;
    private readonly Linear? _dense;
    private readonly Maxout? _maxout;
    private readonly Linear? _source;
    private readonly ContextGate? _gate;

    internal Readout(RecurrentModelOptions options, INamedWeights weights)
    {
        _options = options;
        int target = options.Decoder.Width + (options.ReadoutSeesWord ? options.EmbeddingWidth : 0);
        int width = options.ReadoutWidth;
        Initializer drawn = options.Initializer;
        if (options.Readout == ReadoutKind.Maxout)
        {
            _maxout = new Maxout(target + options.ContextWidth, width, weights, drawn);
        }
        else if (options.View == SourceView.AttentionAfter && options.ContextGate != ContextGateKind.None)
        {
            _dense = new Linear(target, width, weights.In("target"), drawn);
            _source = Linear.WithoutBias(options.ContextWidth, width, weights.In("source"), drawn);
            _gate = GateOf(options, width, 1, weights.In("gate"));
        }
        else if (options.Readout != ReadoutKind.None)
        {
            _dense = new Linear(target + options.ContextWidth, width, weights, drawn);
        }
    }

    /// <summary>Width of the result.</summary>
    internal int Width => _options.Readout == ReadoutKind.None ? _options.Decoder.Width : _options.ReadoutWidth;

    /// <summary>Makes what the logits are made of.</summary>
    /// <param name="state">[R, H]; what the last layer handed on.</param>
    /// <param name="context">[R, C]; what was seen of the source, or none.</param>
    /// <param name="words">[R, E]; the last pieces' embeddings.</param>
    /// <returns>[R, D]</returns>
    internal Tensor Forward(Tensor state, Tensor context, Tensor words)
    {
        if (_dense is null && _maxout is null)
        {
            return state;
        }

        Activation activation = _options.Readout == ReadoutKind.Tanh ? Activation.Tanh : Activation.None;
        if (_gate is not null)
        {
            Tensor target = _options.ReadoutSeesWord ? state.Concatenate(words) : state;
            Tensor gate = _gate.Open(words.Concatenate(state).Concatenate(context));
            Tensor mixed = _gate.Mix(gate, _dense!.Forward(target), _source!.Forward(context));
            return activation == Activation.None ? mixed : mixed.Activate(activation);
        }

        Tensor seen = context.IsNone ? state : state.Concatenate(context);
        Tensor input = _options.ReadoutSeesWord ? seen.Concatenate(words) : seen;
        if (_options.ReadoutSeesWord)
        {
            seen.Discard(unless: state);
        }

        Tensor result = _maxout?.Forward(input) ?? _dense!.Forward(input, activation);
        input.Discard(unless: state);
        return result;
    }

    /// <summary>The gate that the options ask for.</summary>
    internal static ContextGate GateOf(RecurrentModelOptions options, int width, int blocks, INamedWeights weights) => new(
        options.ContextGate switch
        {
            ContextGateKind.Source => GatedSide.Source,
            ContextGateKind.Target => GatedSide.Target,
            _ => GatedSide.Both,
        },
        options.EmbeddingWidth + options.Decoder.Width + options.ContextWidth, width, blocks, weights, options.Initializer);
}
