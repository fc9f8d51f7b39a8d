namespace Sequor.Configuration;

/// <summary>The shape of a recurrent encoder–decoder: the keys of <c>model:</c> where its kind is recurrent.</summary>
public sealed record RecurrentConfiguration
{
    internal static Schema<RecurrentConfiguration> Schema { get; } = new Schema<RecurrentConfiguration>(_ => new())
        .Integer("embedding_width", new(1, 65536), c => c.EmbeddingWidth, (c, v) => c with { EmbeddingWidth = v }, "embedding_dim", "embedding_size", "word_vec_size")
        .Boolean("reverse_source", c => c.ReverseSource, (c, v) => c with { ReverseSource = v })
        .Part("encoder", RecurrentEncoderConfiguration.Schema, c => c.Encoder, (c, v) => c with { Encoder = v })
        .Choice("bridge",
            new(("zero", BridgeChoice.Zero), ("learned", BridgeChoice.Learned), ("copy", BridgeChoice.Copy), ("dense", BridgeChoice.Dense),
                ("dense_mean", BridgeChoice.DenseMean)),
            c => c.Bridge, (c, v) => c with { Bridge = v })
        .Part("decoder", RecurrentStackConfiguration.Schema, c => c.Decoder, (c, v) => c with { Decoder = v })
        .Part("attention", AttentionConfiguration.Schema, c => c.Attention, (c, v) => c with { Attention = v })
        .Choice("context", new(("every_step", ContextChoice.EveryStep), ("initial", ContextChoice.Initial)), c => c.Context, (c, v) => c with { Context = v })
        .Choice("readout",
            new(("none", ReadoutChoice.None), ("linear", ReadoutChoice.Linear), ("tanh", ReadoutChoice.Tanh), ("maxout", ReadoutChoice.Maxout)),
            c => c.Readout, (c, v) => c with { Readout = v })
        .OptionalInteger("readout_width", new(1, 65536), c => c.ReadoutWidth, (c, v) => c with { ReadoutWidth = v })
        .Boolean("readout_sees_word", c => c.ReadoutSeesWord, (c, v) => c with { ReadoutSeesWord = v })
        .Require(["context", "attention.kind"], c => c.Context == ContextChoice.EveryStep || c.Attention.Kind == AttentionChoice.None ? null
            : "this says what a decoder without attention does with the source's vector, and this one has attention; leave it out, or set attention.kind to none")
        .Require(["readout_width", "readout"], c => c.ReadoutWidth is null || c.Readout != ReadoutChoice.None ? null
            : "there is no readout that could have a width; leave it out, or choose another readout");

    /// <summary>Width of the embeddings, 1 to 65,536. Default: 256.</summary>
    public int EmbeddingWidth { get; init; } = 256;

    /// <summary>Whether sources are read from their end (Sutskever et al. 2014, §3.3). Default: false.</summary>
    public bool ReverseSource { get; init; }

    /// <summary>What reads the source.</summary>
    public RecurrentEncoderConfiguration Encoder { get; init; } = new();

    /// <summary>How the decoder's first state comes from the source. Default: <see cref="BridgeChoice.Dense"/>.</summary>
    public BridgeChoice Bridge { get; init; } = BridgeChoice.Dense;

    /// <summary>The decoder's layers.</summary>
    public RecurrentStackConfiguration Decoder { get; init; } = new();

    /// <summary>How the decoder looks at the source.</summary>
    public AttentionConfiguration Attention { get; init; } = new();

    /// <summary>What a decoder without attention does with the source's vector. Default: <see cref="ContextChoice.EveryStep"/>.</summary>
    public ContextChoice Context { get; init; } = ContextChoice.EveryStep;

    /// <summary>What stands between state and logits. Default: <see cref="ReadoutChoice.Tanh"/>.</summary>
    public ReadoutChoice Readout { get; init; } = ReadoutChoice.Tanh;

    /// <summary>Its width, 1 to 65,536; null for the width of the embeddings. Default: null.</summary>
    public int? ReadoutWidth { get; init; }

    /// <summary>Whether it also sees the embedding of the last word (deep output, Pascanu et al. 2014). Default: true.</summary>
    public bool ReadoutSeesWord { get; init; } = true;

    /// <summary>A recurrent preset, nothing overridden; of any other name the default.</summary>
    internal static RecurrentConfiguration For(PresetChoice preset) => preset switch
    {
        PresetChoice.RnnEncdec => new()
        {
            Encoder = new() { Bidirectional = false },
            Attention = new() { Kind = AttentionChoice.None },
            Readout = ReadoutChoice.Maxout,
        },
        PresetChoice.LstmLuong => new()
        {
            Encoder = new() { Stack = TwoLayersOfLstm, Bidirectional = false },
            Bridge = BridgeChoice.Copy,
            Decoder = TwoLayersOfLstm,
            Attention = new() { Kind = AttentionChoice.General, Time = AttentionTimeChoice.After, InputFeeding = true },
            ReadoutSeesWord = false,
        },
        _ => new(),
    };

    /// <summary>This shape with another's settings that count in training only. Zoneout is of the shape: decoding takes its mean.</summary>
    internal RecurrentConfiguration TrainedAs(RecurrentConfiguration own) => this with
    {
        Encoder = Encoder with { Stack = Encoder.Stack.TrainedAs(own.Encoder.Stack) },
        Decoder = Decoder.TrainedAs(own.Decoder),
        Attention = Attention with { CoverageLoss = own.Attention.CoverageLoss },
    };

    private static RecurrentStackConfiguration TwoLayersOfLstm => new() { Cell = CellChoice.Lstm, Layers = 2 };
}
