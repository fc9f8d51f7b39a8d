namespace Sequor.Configuration;

/// <summary>What reads the source for a recurrent decoder: <c>model.encoder:</c> in the file.</summary>
public sealed record RecurrentEncoderConfiguration
{
    private static readonly Schema<RecurrentEncoderConfiguration> _recurrent = new Schema<RecurrentEncoderConfiguration>(_ => new())
        .When(_ => true, RecurrentStackConfiguration.Schema, c => c.Stack, (c, v) => c with { Stack = v }, "")
        .Boolean("bidirectional", c => c.Bidirectional, (c, v) => c with { Bidirectional = v })
        .Choice("initial_state", new(("zero", InitialStateChoice.Zero), ("learned", InitialStateChoice.Learned)),
            c => c.InitialState, (c, v) => c with { InitialState = v });

    private static readonly Schema<RecurrentEncoderConfiguration> _transformer = new Schema<RecurrentEncoderConfiguration>(_ => new())
        .Integer("layers", new(1, 1000), c => c.Stack.Layers, (c, v) => c with { Stack = c.Stack with { Layers = v } }, "num_layers")
        .Integer("heads", new(1, 1024), c => c.Heads, (c, v) => c with { Heads = v }, "num_heads")
        .Integer("feed_forward_width", new(1, 1 << 20), c => c.FeedForwardWidth, (c, v) => c with { FeedForwardWidth = v }, "ffn", "d_ff", "ff_size")
        .Integer("max_positions", new(1, 1 << 24), c => c.MaxPositions, (c, v) => c with { MaxPositions = v });

    internal static Schema<RecurrentEncoderConfiguration> Schema { get; } = new Schema<RecurrentEncoderConfiguration>(_ => new())
        .Choice("kind",
            new(("recurrent", EncoderChoice.Recurrent), ("mean", EncoderChoice.Mean), ("transformer", EncoderChoice.Transformer)),
            c => c.Kind, (c, v) => c with { Kind = v })
        .When(c => c.Kind == EncoderChoice.Recurrent, _recurrent, "\"{0}\" is a setting of a recurrent encoder, and this encoder is of another kind")
        .When(c => c.Kind == EncoderChoice.Transformer, _transformer, "\"{0}\" is a setting of a Transformer's encoder, and this encoder is of another kind");

    /// <summary>The kind. Default: <see cref="EncoderChoice.Recurrent"/>.</summary>
    public EncoderChoice Kind { get; init; } = EncoderChoice.Recurrent;

    /// <summary>The recurrent layers; of a Transformer's encoder only the number of layers counts.</summary>
    public RecurrentStackConfiguration Stack { get; init; } = new();

    /// <summary>Whether a second stack reads the sentence from its end (Schuster and Paliwal 1997). Default: true.</summary>
    public bool Bidirectional { get; init; } = true;

    /// <summary>Where the layers start. Default: <see cref="InitialStateChoice.Zero"/>.</summary>
    public InitialStateChoice InitialState { get; init; } = InitialStateChoice.Zero;

    /// <summary>Attention heads of a Transformer's encoder, 1 to 1,024; the width of the embeddings is a multiple. Default: 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Width of the middle of its feed-forward sub-layers, 1 to 1,048,576. Default: 1,024.</summary>
    public int FeedForwardWidth { get; init; } = 1024;

    /// <summary>The longest source that a Transformer's encoder accepts, in pieces, 1 to 16,777,216. Default: 1,024.</summary>
    public int MaxPositions { get; init; } = 1024;
}
