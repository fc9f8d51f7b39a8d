using Sequor.Configuration.Building;
using Sequor.Models.Recurrent;

namespace Sequor.Configuration;

/// <summary>The shape of a model: <c>model:</c> in the file. The preset gives the defaults, every other key overrides it.</summary>
public sealed record ModelConfiguration
{
    internal static Choices<PresetChoice> Presets { get; } = new(
        ("transformer-tiny", PresetChoice.TransformerTiny),
        ("transformer-small", PresetChoice.TransformerSmall),
        ("transformer-base", PresetChoice.TransformerBase),
        ("rnn-encdec", PresetChoice.RnnEncdec),
        ("gru-bahdanau", PresetChoice.GruBahdanau),
        ("lstm-luong", PresetChoice.LstmLuong));

    private static readonly Choices<ModelChoice> _kinds = new(("transformer", ModelChoice.Transformer), ("recurrent", ModelChoice.Recurrent), ("rnn", ModelChoice.Recurrent));

    private static readonly Schema<ModelConfiguration> _transformer = new Schema<ModelConfiguration>(_ => new())
        .Integer("encoder_layers", new(1, 1000), c => c.EncoderLayers, (c, v) => c with { EncoderLayers = v })
        .Integer("decoder_layers", new(1, 1000), c => c.DecoderLayers, (c, v) => c with { DecoderLayers = v })
        .Integer("width", new(1, 65536), c => c.Width, (c, v) => c with { Width = v }, "d_model", "hidden_size", "embedding_dim")
        .Integer("feed_forward_width", new(1, 1 << 20), c => c.FeedForwardWidth, (c, v) => c with { FeedForwardWidth = v }, "ffn", "d_ff", "ff_size")
        .Integer("heads", new(1, 1024), c => c.Heads, (c, v) => c with { Heads = v }, "num_heads")
        .Number("attention_dropout", NumberBounds.Rate, c => c.AttentionDropout, (c, v) => c with { AttentionDropout = v })
        .Number("activation_dropout", NumberBounds.Rate, c => c.ActivationDropout, (c, v) => c with { ActivationDropout = v })
        .Choice("norm_position", new(("pre", NormPositionChoice.Pre), ("post", NormPositionChoice.Post)), c => c.NormPosition, (c, v) => c with { NormPosition = v })
        .Choice("norm", new(("layer", NormChoice.Layer), ("rms", NormChoice.Rms)), c => c.Norm, (c, v) => c with { Norm = v })
        .Choice("positions",
            new(("sinusoidal", PositionsChoice.Sinusoidal), ("learned", PositionsChoice.Learned), ("rotary", PositionsChoice.Rotary), ("none", PositionsChoice.None)),
            c => c.Positions, (c, v) => c with { Positions = v })
        .Choice("activation",
            new(("relu", ActivationChoice.Relu), ("gelu", ActivationChoice.Gelu), ("silu", ActivationChoice.Silu), ("swish", ActivationChoice.Silu)),
            c => c.Activation, (c, v) => c with { Activation = v })
        .Boolean("gated", c => c.Gated, (c, v) => c with { Gated = v })
        .Integer("max_positions", new(1, 1 << 24), c => c.MaxPositions, (c, v) => c with { MaxPositions = v })
        .Require(["heads", "width"], c => c.Width % c.Heads == 0 ? null
            : $"{c.Heads} heads do not divide the width {c.Width}; choose a width that is a multiple of the heads")
        .Require(["positions", "heads", "width"], c => c.Positions != PositionsChoice.Rotary || c.Width / c.Heads % 2 == 0 ? null
            : $"rotary positions need an even width per head, and {c.Width} / {c.Heads} is {c.Width / c.Heads}")
        .Require(["positions", "width"], c => c.Positions != PositionsChoice.Sinusoidal || c.Width % 2 == 0 ? null
            : $"sinusoidal positions need an even width, and {c.Width} is odd");

    internal static Schema<ModelConfiguration> Schema { get; } = new Schema<ModelConfiguration>(Start)
        .Choice("kind", _kinds, c => c.Kind, (c, v) => c with { Kind = v })
        .Choice("preset", Presets, c => c.Preset, (c, v) => c with { Preset = v })
        .When(c => c.Kind == ModelChoice.Transformer, _transformer, "\"{0}\" is a setting of a transformer, and this model is recurrent")
        .When(c => c.Kind == ModelChoice.Recurrent, RecurrentConfiguration.Schema, c => c.Recurrent, (c, v) => c with { Recurrent = v },
            "\"{0}\" is a setting of a recurrent model, and this one is a transformer; set kind: recurrent")
        .Number("dropout", NumberBounds.Rate, c => c.Dropout, (c, v) => c with { Dropout = v })
        .Choice("tie_embeddings", new(("none", TieChoice.None), ("decoder", TieChoice.Decoder), ("all", TieChoice.All)), c => c.TieEmbeddings, (c, v) => c with { TieEmbeddings = v })
        .Choice("initializer",
            new(("xavier_uniform", InitializerChoice.XavierUniform), ("xavier_normal", InitializerChoice.XavierNormal), ("normal", InitializerChoice.Normal)),
            c => c.Initializer, (c, v) => c with { Initializer = v })
        .Require(["kind", "preset"], c => c.Kind == For(c.Preset).Kind ? null
            : $"the preset {Presets.NameOf(c.Preset)} is a {_kinds.NameOf(For(c.Preset).Kind)} model; leave the kind or the preset out")
        .RequireEach(["kind", "encoder", "decoder", "attention", "bridge", "readout", "embedding_width", "reverse_source"], RecurrentProblems);

    /// <summary>The family of the model. Default: <see cref="ModelChoice.Transformer"/>.</summary>
    public ModelChoice Kind { get; init; } = ModelChoice.Transformer;

    /// <summary>The preset whose numbers were the defaults. Default: <see cref="PresetChoice.TransformerTiny"/>, of recurrent models <see cref="PresetChoice.GruBahdanau"/>. Changing it in code changes nothing else: use <see cref="For"/>.</summary>
    public PresetChoice Preset { get; init; } = PresetChoice.TransformerTiny;

    /// <summary>Layers of the encoder, 1 to 1,000. Default: 4.</summary>
    public int EncoderLayers { get; init; } = 4;

    /// <summary>Layers of the decoder, 1 to 1,000. Default: 4.</summary>
    public int DecoderLayers { get; init; } = 4;

    /// <summary>Width of embeddings and layers, 1 to 65,536; a multiple of <see cref="Heads"/>. Default: 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Width of the feed-forward sub-layer's middle, 1 to 1,048,576. Default: 256.</summary>
    public int FeedForwardWidth { get; init; } = 256;

    /// <summary>Attention heads, 1 to 1,024. Default: 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Share of embeddings and sub-layer outputs dropped in training, from 0 to below 1. Default: 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Share of attention weights dropped, from 0 to below 1. Default: 0.</summary>
    public double AttentionDropout { get; init; }

    /// <summary>Share of feed-forward activations dropped, from 0 to below 1. Default: 0.</summary>
    public double ActivationDropout { get; init; }

    /// <summary>Where sub-layers are normalised. Default: <see cref="NormPositionChoice.Pre"/>.</summary>
    public NormPositionChoice NormPosition { get; init; } = NormPositionChoice.Pre;

    /// <summary>How activations are normalised. Default: <see cref="NormChoice.Layer"/>.</summary>
    public NormChoice Norm { get; init; } = NormChoice.Layer;

    /// <summary>How positions reach the model. Default: <see cref="PositionsChoice.Sinusoidal"/>.</summary>
    public PositionsChoice Positions { get; init; } = PositionsChoice.Sinusoidal;

    /// <summary>The feed-forward non-linearity. Default: <see cref="ActivationChoice.Relu"/>.</summary>
    public ActivationChoice Activation { get; init; } = ActivationChoice.Relu;

    /// <summary>Whether the feed-forward sub-layer multiplies its activation by a second projection (Shazeer 2020). Default: false.</summary>
    public bool Gated { get; init; }

    /// <summary>Which embedding matrices are one. Default: <see cref="TieChoice.All"/>.</summary>
    public TieChoice TieEmbeddings { get; init; } = TieChoice.All;

    /// <summary>The longest sequence the model accepts, in pieces, 1 to 16,777,216. Default: 1,024.</summary>
    public int MaxPositions { get; init; } = 1024;

    /// <summary>How weights are drawn before training. Default: <see cref="InitializerChoice.XavierUniform"/>.</summary>
    public InitializerChoice Initializer { get; init; } = InitializerChoice.XavierUniform;

    /// <summary>The shape of a recurrent model; without meaning for others.</summary>
    public RecurrentConfiguration Recurrent { get; init; } = new();

    /// <summary>The width that the noam schedule divides by: that of a Transformer's layers, or of a recurrent decoder's.</summary>
    public int ScheduleWidth => Kind == ModelChoice.Recurrent ? Recurrent.Decoder.Width : Width;

    /// <summary>The longest sequence that fits the model's table of positions, its signs included, in pieces; null when any length does.</summary>
    public int? LongestSequence => Kind switch
    {
        ModelChoice.Recurrent => Recurrent.Encoder.Kind == EncoderChoice.Transformer ? Recurrent.Encoder.MaxPositions : null,
        _ => Positions is PositionsChoice.Rotary or PositionsChoice.None ? null : MaxPositions,
    };

    /// <summary>Whether the decoder looks at the source while it writes, so that alignments can be told.</summary>
    public bool HasAttention => Kind != ModelChoice.Recurrent || Recurrent.Attention.Kind != AttentionChoice.None;

    /// <summary>The model of a preset, nothing overridden.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The preset is not one of the enumeration.</exception>
    public static ModelConfiguration For(PresetChoice preset) => preset switch
    {
        PresetChoice.TransformerTiny => new(),
        PresetChoice.TransformerSmall => new()
        {
            Preset = preset,
            EncoderLayers = 3,
            DecoderLayers = 3,
            Width = 256,
            FeedForwardWidth = 1024,
            Heads = 8,
        },
        PresetChoice.TransformerBase => new()
        {
            Preset = preset,
            EncoderLayers = 6,
            DecoderLayers = 6,
            Width = 512,
            FeedForwardWidth = 2048,
            Heads = 8,
        },
        PresetChoice.RnnEncdec or PresetChoice.GruBahdanau or PresetChoice.LstmLuong => new()
        {
            Kind = ModelChoice.Recurrent,
            Preset = preset,
            Dropout = 0.2,
            Recurrent = RecurrentConfiguration.For(preset),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "Expected one of the named presets."),
    };

    /// <summary>This shape with another's settings that count in training only, for a model that is trained on.</summary>
    /// <param name="own">Whose dropouts, noise, cut of gradients and coverage loss are taken; of another kind, the dropouts.</param>
    internal ModelConfiguration TrainedAs(ModelConfiguration own) => this with
    {
        Dropout = own.Dropout,
        AttentionDropout = own.AttentionDropout,
        ActivationDropout = own.ActivationDropout,
        Recurrent = Kind == ModelChoice.Recurrent && own.Kind == ModelChoice.Recurrent ? Recurrent.TrainedAs(own.Recurrent) : Recurrent,
    };

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);

    /// <summary>What the parts of a recurrent model say of each other; sizes of vocabularies are not known yet.</summary>
    private static IEnumerable<(string Key, string Problem)> RecurrentProblems(ModelConfiguration model) =>
        model.Kind == ModelChoice.Recurrent && For(model.Preset).Kind == ModelChoice.Recurrent
            ? RecurrentFaults.Of(model.ToRecurrentOptions(1, 1)).Select(fault => (fault.Option, fault.Sentence.TrimEnd('.')))
            : [];

    /// <summary>The kind chooses the preset where none is named, and the preset the kind.</summary>
    private static ModelConfiguration Start(Section section) => For(section.Choice(
        "preset",
        section.Choice("kind", ModelChoice.Transformer, _kinds) == ModelChoice.Recurrent ? PresetChoice.GruBahdanau : PresetChoice.TransformerTiny,
        Presets));
}
