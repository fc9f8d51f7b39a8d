using Sequor.Layers;
using Sequor.Models.Transformer;

namespace Sequor.Models.Recurrent;

/// <summary>The shape of a recurrent encoder–decoder (Cho et al. 2014; Sutskever et al. 2014; Bahdanau et al. 2015; Luong et al. 2015).</summary>
public sealed record RecurrentModelOptions
{
    /// <summary>Pieces in the source vocabulary, 1 or more.</summary>
    public required int SourceVocabularySize { get; init; }

    /// <summary>Pieces in the target vocabulary, 1 or more.</summary>
    public required int TargetVocabularySize { get; init; }

    /// <summary>Width of the embeddings, E, 1 or more. Default 256.</summary>
    public int EmbeddingWidth { get; init; } = 256;

    /// <summary>What reads the source. Default recurrent layers.</summary>
    public RecurrentEncoderKind EncoderKind { get; init; } = RecurrentEncoderKind.Recurrent;

    /// <summary>The encoder's recurrent layers, where it has such.</summary>
    public RecurrentStackOptions Encoder { get; init; } = new();

    /// <summary>Whether the encoder reads the sentence from both ends (Schuster and Paliwal 1997). Default true.</summary>
    public bool Bidirectional { get; init; } = true;

    /// <summary>Whether the encoder's layers start at a trained state instead of zeros. Default false.</summary>
    public bool LearnedStart { get; init; }

    /// <summary>Whether the source is read from its end (Sutskever et al. 2014, §3.3); the states stay at their pieces. Default false.</summary>
    public bool ReverseSource { get; init; }

    /// <summary>The layers of a Transformer's encoder. Default 4.</summary>
    public int TransformerLayers { get; init; } = 4;

    /// <summary>Its blocks; their width is that of the embeddings.</summary>
    public BlockOptions TransformerBlock { get; init; } = new() { FeedForwardWidth = 1024 };

    /// <summary>The longest source that a Transformer's encoder accepts, in pieces. Default 1,024.</summary>
    public int TransformerPositions { get; init; } = 1024;

    /// <summary>How the decoder's first state comes from the source. Default dense.</summary>
    public Bridge Bridge { get; init; } = Bridge.Dense;

    /// <summary>The decoder's recurrent layers.</summary>
    public RecurrentStackOptions Decoder { get; init; } = new();

    /// <summary>How the decoder sees the source while it writes. Default attention before the step.</summary>
    public SourceView View { get; init; } = SourceView.AttentionBefore;

    /// <summary>How it looks, where it has attention.</summary>
    public SourceAttentionOptions Attention { get; init; } = new();

    /// <summary>Whether the next step reads what this one made for the logits (Luong et al. 2015, §3.3). Default false.</summary>
    public bool InputFeeding { get; init; }

    /// <summary>What a gate between source and target weighs. Default none.</summary>
    public ContextGateKind ContextGate { get; init; } = ContextGateKind.None;

    /// <summary>What stands between the state and the logits. Default tanh.</summary>
    public ReadoutKind Readout { get; init; } = ReadoutKind.Tanh;

    /// <summary>Its width, 1 or more. Default 256.</summary>
    public int ReadoutWidth { get; init; } = 256;

    /// <summary>Whether it sees the embedding of the last piece too (deep output, Pascanu et al. 2014). Default true.</summary>
    public bool ReadoutSeesWord { get; init; } = true;

    /// <summary>The chance that an element of an embedding or of what the logits are made of is dropped, 0 to below 1. Default 0.2.</summary>
    public float Dropout { get; init; } = 0.2f;

    /// <summary>Which embeddings are shared. Default none.</summary>
    public EmbeddingTying TieEmbeddings { get; init; } = EmbeddingTying.None;

    /// <summary>How fresh weights of dense layers are drawn. Default Xavier uniform.</summary>
    public Initializer Initializer { get; init; } = Initializer.XavierUniform;

    /// <summary>Width of the encoder's states, C: both directions side by side.</summary>
    public int MemoryWidth => EncoderKind == RecurrentEncoderKind.Recurrent ? Encoder.Width * (Bidirectional ? 2 : 1) : EmbeddingWidth;

    /// <summary>Whether the decoder looks at the source with attention.</summary>
    public bool HasAttention => View is SourceView.AttentionBefore or SourceView.AttentionAfter;

    /// <summary>Width of what the decoder sees of the source at a step; 0 when it sees nothing.</summary>
    public int ContextWidth => View switch
    {
        SourceView.InitialState => 0,
        SourceView.FixedVector => MemoryWidth,
        _ => Attention.Score == AttentionScore.MultiHead ? Attention.Width : MemoryWidth,
    };

    /// <summary>Whether a step needs what only the step before can say, so that whole sentences cannot be decoded layer by layer.</summary>
    public bool FeedsBack => View == SourceView.AttentionBefore || InputFeeding || (HasAttention && Attention.RemembersWeights);

    /// <summary>Every fault of these options, as sentences; none when they can be built.</summary>
    public IReadOnlyList<string> Validate() => [.. RecurrentFaults.Of(this).Select(fault => fault.Sentence)];
}
