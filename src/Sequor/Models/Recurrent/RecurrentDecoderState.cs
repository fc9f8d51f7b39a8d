using Sequor.Layers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models.Recurrent;

/// <summary>What a recurrent decoder remembers of its hypotheses between two decoding steps.</summary>
internal sealed class RecurrentDecoderState(RecurrentModel model) : DecoderState
{
    private readonly RecurrentStack.Pass _pass = model.Decoder.BeginDecoding();
    private readonly KeptSources _sources = new();
    private readonly KeptParts _parts = new();

    /// <summary>Source sentences whose memory is held.</summary>
    internal int SentencesKept => _sources.Count;

    protected override void Join(EncodedSource memory)
    {
        Step step = memory.Layout.Step;
        _sources.Join(step, model.Decoder.Prepare(memory));
        _parts.Join(step, model.Decoder.Start(memory), memory.Layout.Count, _sources.Longest);
    }

    protected override Tensor Advance(Step step, ReadOnlySpan<int> lastIds, Span<float[]> attention)
    {
        DecoderSource source = _sources.Load(step);
        _parts.Load(step);
        Tensor states = model.Decoder.Advance(step, _pass, lastIds, Lengths, source, _sources.Sentences, _parts.Rows, out Tensor weights);
        _parts.Save();
        if (!attention.IsEmpty && !weights.IsNone)
        {
            Tell(weights, attention);
        }

        return states;
    }

    protected override void ReorderCaches(ReadOnlySpan<int> parents)
    {
        _sources.Reorder(parents);
        _parts.Reorder(parents);
    }

    protected override void ReleaseCaches()
    {
        _sources.Dispose();
        _parts.Dispose();
    }

    /// <summary>Attention of each hypothesis over its own source, the mean of the heads.</summary>
    private void Tell(Tensor weights, Span<float[]> attention)
    {
        float[] all = HeadMean.Of(weights, attention.Length).ToArray();
        int columns = weights.Shape.Width;
        for (int row = 0; row < attention.Length; row++)
        {
            attention[row] ??= all[(row * columns)..((row * columns) + _sources.LengthOf(row))];
        }
    }
}
