using System.Globalization;

namespace Sequor.Configuration;

/// <summary>A model's shape in a few words, for people.</summary>
public static class ModelDescription
{
    /// <summary>One line such as <c>transformer, 4+4 layers, width 128, feed-forward 256, 4 heads</c>.</summary>
    /// <param name="model">The shape.</param>
    public static string InWords(this ModelConfiguration model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Kind == ModelChoice.Recurrent
            ? Recurrent(model.Recurrent)
            : Invariant($"transformer, {model.EncoderLayers}+{model.DecoderLayers} layers, width {model.Width}, feed-forward {model.FeedForwardWidth}, {model.Heads} heads");
    }

    private static string Recurrent(RecurrentConfiguration shape)
    {
        RecurrentStackConfiguration encoder = shape.Encoder.Stack;
        string reading = shape.Encoder.Kind switch
        {
            EncoderChoice.Mean => "a bag of words",
            EncoderChoice.Transformer => Invariant($"{encoder.Layers} layers of a Transformer, width {shape.EmbeddingWidth}"),
            _ => Invariant($"{encoder.Layers} × {Name(encoder.Cell)} of width {encoder.Width}{(shape.Encoder.Bidirectional ? " each way" : "")}{(shape.ReverseSource ? ", from the end" : "")}"),
        };
        string attention = shape.Attention.Kind == AttentionChoice.None
            ? "no attention"
            : Invariant($"{Dashed(shape.Attention.Kind.ToString())} attention {(shape.Attention.Time == AttentionTimeChoice.Before ? "before" : "after")} the step");
        return Invariant($"recurrent, {reading}, then {shape.Decoder.Layers} × {Name(shape.Decoder.Cell)} of width {shape.Decoder.Width}, {attention}, embeddings {shape.EmbeddingWidth}");
    }

    private static string Name(CellChoice cell) => RecurrentStackConfiguration.Cells.NameOf(cell);

    private static string Dashed(string name) =>
        string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0 ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
