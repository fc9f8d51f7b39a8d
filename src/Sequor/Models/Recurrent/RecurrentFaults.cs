using Sequor.Layers;
using Sequor.Models.Transformer;
using Sequor.Tensors;

namespace Sequor.Models.Recurrent;

/// <summary>What is wrong with the shape of a recurrent model.</summary>
internal static class RecurrentFaults
{
    internal static IEnumerable<OptionFault> Of(RecurrentModelOptions options) =>
    [
        .. Sizes(options),
        .. Encoder(options),
        .. options.Decoder.Faults("decoder").Select(fault => fault.Within("decoder")),
        .. Bridges(options),
        .. View(options),
    ];

    /// <summary>A Transformer of which only the encoder is built.</summary>
    internal static TransformerOptions TransformerOf(RecurrentModelOptions options) => new()
    {
        SourceVocabularySize = Math.Max(1, options.SourceVocabularySize),
        TargetVocabularySize = Math.Max(1, options.SourceVocabularySize),
        EncoderLayers = options.TransformerLayers,
        Block = options.TransformerBlock with { Width = options.EmbeddingWidth },
        MaxPositions = options.TransformerPositions,
    };

    private static List<OptionFault> Sizes(RecurrentModelOptions options)
    {
        var faults = new List<OptionFault>();
        void Check(bool condition, string option, string sentence)
        {
            if (!condition)
            {
                faults.Add(new OptionFault(option, sentence));
            }
        }

        Check(options.SourceVocabularySize > 0, "vocabulary", $"The source vocabulary has {options.SourceVocabularySize} pieces; it needs 1 or more.");
        Check(options.TargetVocabularySize > 0, "vocabulary", $"The target vocabulary has {options.TargetVocabularySize} pieces; it needs 1 or more.");
        Check(options.EmbeddingWidth > 0, "embedding_width", $"The width of the embeddings is {options.EmbeddingWidth}; it must be 1 or more.");
        Check(options.Dropout is >= 0 and < 1, "dropout", $"The chance that an element is dropped is {options.Dropout}; it must be 0 or more and below 1.");
        Check(
            options.TieEmbeddings != EmbeddingTying.All || options.SourceVocabularySize == options.TargetVocabularySize, "tie_embeddings",
            $"Embeddings can be tied to all only with one joint vocabulary, but the source has {options.SourceVocabularySize} pieces and the target {options.TargetVocabularySize}.");
        Check(
            options.Readout == ReadoutKind.None || options.ReadoutWidth > 0, "readout_width",
            $"The width of the readout is {options.ReadoutWidth}; it must be 1 or more.");
        return faults;
    }

    private static IEnumerable<OptionFault> Encoder(RecurrentModelOptions options)
    {
        if (options.EncoderKind == RecurrentEncoderKind.Recurrent)
        {
            return options.Encoder.Faults("encoder").Select(fault => fault.Within("encoder"));
        }

        IEnumerable<OptionFault> reversed = options.ReverseSource
            ? [new("reverse_source", "Only a recurrent encoder reads the source in an order that can be reversed; leave reverse_source out.")]
            : [];
        return options.EncoderKind == RecurrentEncoderKind.Transformer
            ? reversed.Concat(TransformerOf(options).Validate().Select(fault => new OptionFault("encoder", $"The Transformer's encoder: {fault}")))
            : reversed;
    }

    private static IEnumerable<OptionFault> Bridges(RecurrentModelOptions options)
    {
        if (options.View == SourceView.InitialState && options.Bridge is Bridge.Zero or Bridge.Learned)
        {
            yield return new("bridge", "A decoder that sees the source only through its first state needs a bridge: copy, dense or dense_mean.");
        }

        if (options.Bridge != Bridge.Copy)
        {
            yield break;
        }

        (RecurrentStackOptions encoder, RecurrentStackOptions decoder) = (options.Encoder, options.Decoder);
        if (options.EncoderKind != RecurrentEncoderKind.Recurrent)
        {
            yield return new("bridge", "Only a recurrent encoder ends in states that a decoder can copy; use a dense bridge.");
        }
        else if (encoder.Cell != decoder.Cell || encoder.Layers != decoder.Layers)
        {
            yield return new("bridge", $"States can be copied between layers of one kind only, but the encoder has {encoder.Layers} of {encoder.Cell} and the decoder {decoder.Layers} of {decoder.Cell}; use a dense bridge.");
        }
        else if (options.MemoryWidth != decoder.Width)
        {
            yield return new("bridge", $"States of width {options.MemoryWidth}, all directions of the encoder together, cannot be copied into a decoder of width {decoder.Width}; use a dense bridge.");
        }
    }

    private static IEnumerable<OptionFault> View(RecurrentModelOptions options)
    {
        IEnumerable<OptionFault> attention = options.HasAttention ? options.Attention.Faults(options.Decoder.Width, options.MemoryWidth) : [];
        foreach (OptionFault fault in attention)
        {
            yield return fault.Within("attention");
        }

        if (options.View == SourceView.AttentionAfter && options.Readout == ReadoutKind.None)
        {
            yield return new("readout", "Attention after the step reaches the logits through a readout only; choose linear, tanh or maxout.");
        }

        if (options.InputFeeding && options.View != SourceView.AttentionAfter)
        {
            yield return new("attention.input_feeding", options.HasAttention
                ? "Input feeding hands on what was made of attention after the step; with attention before it, what was seen enters the cell already."
                : "Input feeding hands on what was made of attention, and this model has none; set input_feeding to false.");
        }

        if (options.ContextGate != ContextGateKind.None && GateFault(options) is { } gate)
        {
            yield return new("attention.context_gate", gate);
        }
    }

    private static string? GateFault(RecurrentModelOptions options) => options.View switch
    {
        SourceView.AttentionAfter when options.Readout is not (ReadoutKind.Tanh or ReadoutKind.Linear) =>
            "A context gate after the step weighs the parts of a linear or tanh readout.",
        SourceView.AttentionBefore when options.ContextGate != ContextGateKind.Source && options.Decoder.Cell == RecurrentCell.GruResetBefore =>
            "A gate that weighs the target weighs the recurrent products too, and of a GRU that resets before its product the last one is not known in time; use gru, or weigh the source.",
        SourceView.AttentionAfter or SourceView.AttentionBefore => null,
        _ => "A context gate weighs what attention saw, and this model has no attention.",
    };
}
