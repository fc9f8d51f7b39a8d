using Sequor.Batching;
using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models.Recurrent;

/// <summary>Writes target sentences piece by piece.</summary>
internal sealed class RecurrentDecoder
{
    private readonly RecurrentModelOptions _options;
    private readonly Embedding _embedding;
    private readonly DecoderStart _start;
    private readonly DecoderCell _cell;
    private readonly Linear? _projection;

    internal RecurrentDecoder(RecurrentModelOptions options, Embedding embedding, bool projects, INamedWeights weights)
    {
        (_options, _embedding) = (options, embedding);
        _start = new DecoderStart(options, weights.In("bridge"));
        _cell = new DecoderCell(options, weights);

        // A shared table fixes the width in front of the logits.
        _projection = projects && _cell.Readout.Width != options.EmbeddingWidth
            ? Linear.WithoutBias(_cell.Readout.Width, options.EmbeddingWidth, weights.In("projection"), options.Initializer)
            : null;
    }

    /// <summary>Width in front of the logits.</summary>
    internal int OutputWidth => _projection is null ? _cell.Readout.Width : _options.EmbeddingWidth;

    /// <summary>Whether whole sentences are decoded step by step even where they need not be, so that tests can compare both ways.</summary>
    internal bool StepsAlways { get; set; }

    internal Tensor Decode(Step step, SequenceBatch targets, EncodedSource memory, PassTrace? trace)
    {
        SequenceLayout layout = step.Layout(targets.Lengths, targets.SentenceNumbers);
        TimeLayout time = layout.InTime();
        var dropout = new RowDropout(step, layout, targets.SentenceNumbers, _options.Decoder.VariationalDropout);
        Tensor words = InTime(_embedding.Forward(step, targets.Ids), dropout, time);
        RecurrentStack.Pass pass = _cell.Stack.Begin(time, dropout);
        for (int i = 0; i < pass.Layers.Length; i++)
        {
            pass.Layers[i].GradientNorms = trace?.NormsOf($"decoder.layers.{i}", time.Steps);
        }

        RecurrentState[] start = _start.For(memory);
        DecoderSource source = _cell.Prepare(memory);
        DecoderOutput output = _options.FeedsBack || StepsAlways
            ? Steps(step, pass, time, words, source, start, trace)
            : _cell.Whole(step, pass, time, words, source, start);
        Tell(trace, output.Weights, time, memory.Layout);
        Tensor readout = output.Readout.IsNone ? _cell.Readout.Forward(output.Output, output.Context, words) : output.Readout;
        Discard(output, unless: readout);
        words.Discard();
        Tensor bySentence = readout.FromTime(time);
        readout.Discard();
        Tensor dropped = dropout.Apply(bySentence, _options.Dropout);
        bySentence.Discard(unless: dropped);
        return Finished(dropped);
    }

    /// <summary>The first state of each source sentence's decoder, by sentence.</summary>
    internal DecoderRows Start(EncodedSource memory) => new(_start.For(memory));

    /// <summary>What all steps need of the source.</summary>
    internal DecoderSource Prepare(EncodedSource memory) => _cell.Prepare(memory);

    /// <summary>The way through the layers that all decoding steps share.</summary>
    internal RecurrentStack.Pass BeginDecoding() => _cell.Stack.Begin();

    /// <summary>One decoding step: [R] pieces to [R, D] in front of the logits.</summary>
    internal Tensor Advance(
        Step step, RecurrentStack.Pass pass, ReadOnlySpan<int> lastIds, ReadOnlySpan<int> positions, DecoderSource source, ReadOnlySpan<int> sentences,
        DecoderRows rows, out Tensor weights)
    {
        Tensor words = _embedding.Forward(step, lastIds);
        DecoderOutput output = _cell.Step(step, pass, positions, words, _cell.Stack.Products(words), source, sentences, rows);
        weights = output.Weights;
        return Finished(output.Readout.IsNone ? _cell.Readout.Forward(output.Output, output.Context, words) : output.Readout);
    }

    private Tensor InTime(Tensor embedded, RowDropout dropout, TimeLayout time)
    {
        Tensor dropped = dropout.Apply(embedded, _options.Dropout);
        embedded.Discard(unless: dropped);
        Tensor words = dropped.ToTime(time);
        dropped.Discard();
        return words;
    }

    private static void Discard(DecoderOutput output, Tensor unless)
    {
        output.Output.Discard(unless);
        if (!output.Context.IsNone)
        {
            output.Context.Discard(unless);
        }
    }

    private Tensor Finished(Tensor readout) => _projection?.Forward(readout) ?? readout;

    /// <summary>Step by step, each over the sentences that have it.</summary>
    private DecoderOutput Steps(
        Step step, RecurrentStack.Pass pass, TimeLayout time, Tensor words, DecoderSource source, RecurrentState[] start, PassTrace? trace)
    {
        Tensor products = _cell.Stack.Products(words);
        var rows = new DecoderRows([.. start.Select(state => RecurrentLayer.InTime(state, time))]);
        var outputs = new DecoderOutput[time.Steps];
        var positions = new int[time.Count];
        for (int t = 0; t < time.Steps; t++)
        {
            (int first, int active) = (time.First(t), time.Active(t));
            Tensor seen = rows.Trail.Seen;
            positions.AsSpan(0, active).Fill(t);
            outputs[t] = _cell.Step(
                step, pass, positions.AsSpan(0, active), words.RowRange(first, active), products.RowRange(first, active), source, time.Order[..active], rows);
            if (trace is not null && _options.HasAttention && _options.Attention.CoverageLoss > 0 && !seen.IsNone)
            {
                Tensor again = outputs[t].Weights.CoverageLoss(seen.RowRange(0, active), source.Layout.Readers(time.Order[..active]));
                trace.AddPenalty(again.Sum().Scale(_options.Attention.CoverageLoss));
            }
        }

        products.Discard();
        return new DecoderOutput(
            Stacked(outputs, output => output.Output), Stacked(outputs, output => output.Context),
            trace is { WantsAttention: true } or { WantsHeads: true } ? Stacked(outputs, output => output.Weights) : default, Stacked(outputs, output => output.Readout));
    }

    private static Tensor Stacked(DecoderOutput[] outputs, Func<DecoderOutput, Tensor> part) =>
        part(outputs[0]).IsNone ? default : Tensor.StackRows([.. outputs.Select(part)]);

    private static void Tell(PassTrace? trace, Tensor weights, TimeLayout time, SequenceLayout source)
    {
        if (trace is { WantsAttention: true } && !weights.IsNone)
        {
            trace.TellAttention(HeadMean.Of(weights, time.Rows).FromTime(time), source.Readers(RowDropout.SentenceOfRows(time.Layout)));
        }

        if (trace is { WantsHeads: true } && !weights.IsNone)
        {
            trace.TellHeads(weights.Reshape([time.Rows, weights.Shape.Rows / time.Rows * weights.Shape.Width]).FromTime(time));
        }
    }
}
