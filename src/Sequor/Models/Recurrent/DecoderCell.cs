using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models.Recurrent;

/// <summary>One step of a recurrent decoder: what enters the cells, the cells, attention before or after them, and the readout.</summary>
/// <remarks>Weights: <c>layers.0</c>, …, <c>attention</c>, <c>context.weight</c> [G · H, C] (of a fixed vector too), <c>context.gate</c>, <c>feed.weight</c>
/// [G · H, D], <c>readout</c>.</remarks>
internal sealed class DecoderCell
{
    private readonly RecurrentModelOptions _options;
    private readonly SourceAttention? _attention;
    private readonly Linear? _context;
    private readonly ContextGate? _gate;
    private readonly Linear? _feed;

    internal DecoderCell(RecurrentModelOptions options, INamedWeights weights)
    {
        _options = options;
        RecurrentStackOptions stack = options.Decoder;
        int blocks = RecurrentPass.BlocksOf(stack.Cell);
        int products = blocks * stack.Width;
        Stack = new RecurrentStack(stack, options.EmbeddingWidth, weights);
        Readout = new Readout(options, weights.In("readout"));
        Initializer drawn = Initializer.Uniform(1 / MathF.Sqrt(stack.Width));
        if (options.View is SourceView.FixedVector or SourceView.AttentionBefore)
        {
            _context = Linear.WithoutBias(options.ContextWidth, products, weights.In("context"), drawn);
        }

        if (options.View == SourceView.AttentionBefore && options.ContextGate != ContextGateKind.None)
        {
            _gate = Readout.GateOf(options, stack.Width, blocks, weights.In("context.gate"));
        }

        _attention = options.HasAttention ? new SourceAttention(options.Attention, stack.Width, options.MemoryWidth, weights.In("attention")) : null;
        _feed = options.InputFeeding ? Linear.WithoutBias(Readout.Width, products, weights.In("feed"), drawn) : null;
    }

    internal RecurrentStack Stack { get; }

    internal Readout Readout { get; }

    /// <summary>What all steps need of the source.</summary>
    internal DecoderSource Prepare(EncodedSource memory)
    {
        Tensor fixedVector = _options.View == SourceView.FixedVector ? memory.Ends![^1].Hidden : default;
        return new DecoderSource(
            memory.Layout, _attention?.Prepare(memory.States) ?? default, fixedVector, fixedVector.IsNone ? default : _context!.Forward(fixedVector));
    }

    /// <summary>One step.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="pass">The batch's way through the layers.</param>
    /// <param name="positions">The number of each row's target position, [R]; in training all rows are at one.</param>
    /// <param name="words">The last pieces' embeddings, [R, E].</param>
    /// <param name="products">What they give to the gates of the first layer, [R, G · H].</param>
    /// <param name="source">The source.</param>
    /// <param name="sentences">The source sentence of each row, [R].</param>
    /// <param name="rows">What is carried, of R rows or more; replaced.</param>
    internal DecoderOutput Step(
        Step step, RecurrentStack.Pass pass, ReadOnlySpan<int> positions, Tensor words, Tensor products, DecoderSource source, ReadOnlySpan<int> sentences, DecoderRows rows)
    {
        int count = sentences.Length;
        int time = positions[0];
        if (Stack.Options.DetachEvery is > 0 and var every && time > 0 && time % every == 0)
        {
            rows.Detach();
        }

        Glimpse glimpse = default;
        Tensor given = products;
        TargetWeight weigh = default;
        if (_options.View == SourceView.AttentionBefore)
        {
            Tensor state = rows.States[^1].Hidden.RowRange(0, count);
            glimpse = Look(step, state, positions, source, sentences, rows);
            (products, weigh) = Enter(products, words, state, glimpse.Context);
        }
        else if (_options.View == SourceView.FixedVector)
        {
            products = products.Add(source.FixedProducts.Gather(step, sentences));
            glimpse = new Glimpse(source.Fixed.Gather(step, sentences), default, default);
        }
        else if (!rows.Fed.IsNone)
        {
            products = _feed!.Forward(rows.Fed.RowRange(0, count), addTo: products);
        }

        Tensor output = Stack.Step(pass, time, products, rows.States, weigh);
        products.Discard(unless: given);
        if (_options.View == SourceView.AttentionAfter)
        {
            glimpse = Look(step, output, positions, source, sentences, rows);
        }

        rows.Fed = _options.InputFeeding ? Readout.Forward(output, glimpse.Context, words) : default;
        return new DecoderOutput(output, glimpse.Context, glimpse.Weights, rows.Fed);
    }

    /// <summary>All steps of all sentences, layer by layer, where no step needs what the step before saw.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="pass">The batch's way through the layers.</param>
    /// <param name="time">The order of the rows.</param>
    /// <param name="words">[N, E] in the order of time.</param>
    /// <param name="source">The source.</param>
    /// <param name="initial">Each layer's first state, by sentence.</param>
    internal DecoderOutput Whole(Step step, RecurrentStack.Pass pass, TimeLayout time, Tensor words, DecoderSource source, RecurrentState[] initial)
    {
        (int[] sentences, int[] positions) = RowsInTime(time);
        Tensor products = Stack.Products(words);
        if (_options.View == SourceView.FixedVector)
        {
            Tensor ofWords = products;
            products = ofWords.Add(source.FixedProducts.Gather(step, sentences));
            ofWords.Discard();
        }

        Tensor output = Stack.Forward(pass, products, initial);
        products.Discard();
        return _options.View switch
        {
            SourceView.FixedVector => new DecoderOutput(output, source.Fixed.Gather(step, sentences), default, default),
            SourceView.AttentionAfter => WithGlimpse(
                output, _attention!.Look(step, output, source.Attention, source.Layout.Readers(sentences), positions, default)),
            _ => new DecoderOutput(output, default, default, default),
        };
    }

    /// <summary>The source sentence and the position of each row in the order of time.</summary>
    internal static (int[] Sentences, int[] Positions) RowsInTime(TimeLayout time)
    {
        var sentences = new int[time.Rows];
        var positions = new int[time.Rows];
        for (int t = 0; t < time.Steps; t++)
        {
            time.Order[..time.Active(t)].CopyTo(sentences.AsSpan(time.First(t)));
            positions.AsSpan(time.First(t), time.Active(t)).Fill(t);
        }

        return (sentences, positions);
    }

    private static DecoderOutput WithGlimpse(Tensor output, Glimpse glimpse) => new(output, glimpse.Context, glimpse.Weights, default);

    private Glimpse Look(
        Step step, Tensor query, ReadOnlySpan<int> positions, DecoderSource source, ReadOnlySpan<int> sentences, DecoderRows rows)
    {
        Glimpse glimpse = _attention!.Look(
            step, query, source.Attention, source.Layout.Readers(sentences), positions, rows.Trail.First(sentences.Length));
        rows.Trail = glimpse.Trail;
        return glimpse;
    }

    /// <summary>What word and context give to the first layer's gates, and what its recurrent products go through: they are of the target too.</summary>
    private (Tensor Products, TargetWeight Weigh) Enter(Tensor products, Tensor words, Tensor state, Tensor context)
    {
        if (_gate is null)
        {
            return (_context!.Forward(context, addTo: products), default);
        }

        Tensor gate = _gate.Open(words.Concatenate(state).Concatenate(context));
        Tensor mixed = _gate.Mix(gate, products, _context!.Forward(context));
        return (mixed, _gate.WeighsTarget ? new TargetWeight(_gate, gate) : default);
    }
}
