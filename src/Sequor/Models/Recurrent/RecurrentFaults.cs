using Sequor.Models.Transformer;

namespace Sequor.Models.Recurrent;

/// <summary>What can be wrong with the shape of a recurrent model.</summary>
internal static class RecurrentFaults
{
    internal static IReadOnlyList<string> Of(RecurrentModelOptions options)
    {
        var faults = new List<string>();
        void Check(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add(fault);
            }
        }

        Check(options.SourceVocabularySize > 0, $"The source vocabulary has {options.SourceVocabularySize} pieces; it needs 1 or more.");
        Check(options.TargetVocabularySize > 0, $"The target vocabulary has {options.TargetVocabularySize} pieces; it needs 1 or more.");
        Check(options.EmbeddingWidth > 0, $"The width of the embeddings is {options.EmbeddingWidth}; it must be 1 or more.");
        Check(options.Dropout is >= 0 and < 1, $"The chance that an element is dropped is {options.Dropout}; it must be 0 or more and below 1.");
        Check(
            options.TieEmbeddings != EmbeddingTying.All || options.SourceVocabularySize == options.TargetVocabularySize,
            $"Embeddings can be tied to all only with one joint vocabulary, but the source has {options.SourceVocabularySize} pieces and the target {options.TargetVocabularySize}.");
        Check(options.Readout == ReadoutKind.None || options.ReadoutWidth > 0, $"The width of the readout is {options.ReadoutWidth}; it must be 1 or more.");
        faults.AddRange(Encoder(options));
        faults.AddRange(options.Decoder.Validate("decoder"));
        faults.AddRange(Bridges(options));
        faults.AddRange(View(options));
        return faults;
    }

    private static IEnumerable<string> Encoder(RecurrentModelOptions options)
    {
        if (options.EncoderKind == RecurrentEncoderKind.Recurrent)
        {
            return options.Encoder.Validate("encoder");
        }

        IEnumerable<string> reversed = options.ReverseSource ? ["Only a recurrent encoder reads the source in an order that can be reversed; leave reverse_source out."] : [];
        return options.EncoderKind == RecurrentEncoderKind.Transformer
            ? reversed.Concat(TransformerOf(options).Validate().Select(fault => $"The Transformer's encoder: {fault}"))
            : reversed;
    }

    /// <summary>A Transformer of which only the encoder is built.</summary>
    internal static TransformerOptions TransformerOf(RecurrentModelOptions options) => new()
    {
        SourceVocabularySize = Math.Max(1, options.SourceVocabularySize),
        TargetVocabularySize = Math.Max(1, options.SourceVocabularySize),
        EncoderLayers = options.TransformerLayers,
        Block = options.TransformerBlock with { Width = options.EmbeddingWidth },
        MaxPositions = options.TransformerPositions,
    };

    private static IEnumerable<string> Bridges(RecurrentModelOptions options)
    {
        if (options.Bridge == Bridge.Copy)
        {
            if (options.EncoderKind != RecurrentEncoderKind.Recurrent)
            {
                yield return "Only a recurrent encoder ends in states that a decoder can copy; use a dense bridge.";
            }
            else
            {
                if (options.Encoder.Cell != options.Decoder.Cell || options.Encoder.Layers != options.Decoder.Layers)
                {
                    yield return $"States can be copied between layers of one kind only, but the encoder has {options.Encoder.Layers} of {options.Encoder.Cell} and the decoder {options.Decoder.Layers} of {options.Decoder.Cell}; use a dense bridge.";
                }

                if (options.MemoryWidth != options.Decoder.Width)
                {
                    yield return $"States of width {options.MemoryWidth}, all directions of the encoder together, cannot be copied into a decoder of width {options.Decoder.Width}; use a dense bridge.";
                }
            }
        }

        if (options.View == SourceView.InitialState && options.Bridge is Bridge.Zero or Bridge.Learned)
        {
            yield return "A decoder that sees the source only through its first state needs a bridge: copy, dense or dense_mean.";
        }
    }

    private static IEnumerable<string> View(RecurrentModelOptions options)
    {
        if (options.HasAttention)
        {
            foreach (string fault in options.Attention.Validate(options.Decoder.Width, options.MemoryWidth))
            {
                yield return fault;
            }
        }
        else if (options.ContextGate != ContextGateKind.None)
        {
            yield return "A context gate weighs what attention saw, and this model has no attention.";
        }

        if (options.View == SourceView.AttentionAfter && options.Readout == ReadoutKind.None)
        {
            yield return "Attention after the step reaches the logits through a readout only; choose linear, tanh or maxout.";
        }

        if (options.InputFeeding && options.View != SourceView.AttentionAfter)
        {
            yield return "Input feeding hands on what was made of attention after the step; with attention before it, what was seen enters the cell already.";
        }

        if (options.ContextGate != ContextGateKind.None && options.Readout is not (ReadoutKind.Tanh or ReadoutKind.Linear) && options.View == SourceView.AttentionAfter)
        {
            yield return "A context gate after the step weighs the parts of a linear or tanh readout.";
        }
    }
}
