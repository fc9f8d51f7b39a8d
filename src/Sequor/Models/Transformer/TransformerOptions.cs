using Sequor.Layers;

namespace Sequor.Models.Transformer;

/// <summary>Which embeddings are one and the same table (Press and Wolf 2017).</summary>
public enum EmbeddingTying
{
    /// <summary>None.</summary>
    None,

    /// <summary>The decoder's input and the output projection.</summary>
    Decoder,

    /// <summary>Encoder, decoder and output projection; needs a joint vocabulary.</summary>
    All,
}

/// <summary>The shape of a Transformer (Vaswani et al. 2017).</summary>
public sealed record TransformerOptions
{
    /// <summary>Pieces in the source vocabulary, 1 or more.</summary>
    public required int SourceVocabularySize { get; init; }

    /// <summary>Pieces in the target vocabulary, 1 or more.</summary>
    public required int TargetVocabularySize { get; init; }

    /// <summary>Layers of the encoder, 1 or more. Default 4.</summary>
    public int EncoderLayers { get; init; } = 4;

    /// <summary>Layers of the decoder, 1 or more. Default 4.</summary>
    public int DecoderLayers { get; init; } = 4;

    /// <summary>What all blocks have in common.</summary>
    public BlockOptions Block { get; init; } = new();

    /// <summary>How positions are told. Default sinusoidal.</summary>
    public PositionKind Positions { get; init; } = PositionKind.Sinusoidal;

    /// <summary>The longest sentence in pieces, 1 or more. Default 1,024.</summary>
    public int MaxPositions { get; init; } = 1024;

    /// <summary>Which embeddings are shared. Default all.</summary>
    public EmbeddingTying TieEmbeddings { get; init; } = EmbeddingTying.All;

    /// <summary>4 + 4 layers, D 128, feed-forward 256, 4 heads.</summary>
    /// <param name="vocabularySize">Pieces in the joint vocabulary.</param>
    public static TransformerOptions Tiny(int vocabularySize) => Joint(vocabularySize, 4, 128, 256, 4);

    /// <summary>3 + 3 layers, D 256, feed-forward 1,024, 8 heads.</summary>
    /// <param name="vocabularySize">Pieces in the joint vocabulary.</param>
    public static TransformerOptions Small(int vocabularySize) => Joint(vocabularySize, 3, 256, 1024, 8);

    /// <summary>6 + 6 layers, D 512, feed-forward 2,048, 8 heads: the paper's base model.</summary>
    /// <param name="vocabularySize">Pieces in the joint vocabulary.</param>
    public static TransformerOptions Base(int vocabularySize) => Joint(vocabularySize, 6, 512, 2048, 8);

    /// <summary>Every fault of these options, as sentences; none when they can be built.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        void Check(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add(fault);
            }
        }

        void CheckChance(float chance, string what) =>
            Check(chance is >= 0 and < 1, $"The chance that {what} is dropped is {chance}; it must be 0 or more and below 1.");

        Check(SourceVocabularySize > 0, $"The source vocabulary has {SourceVocabularySize} pieces; it needs 1 or more.");
        Check(TargetVocabularySize > 0, $"The target vocabulary has {TargetVocabularySize} pieces; it needs 1 or more.");
        Check(EncoderLayers > 0, $"There are {EncoderLayers} encoder layers; there must be 1 or more.");
        Check(DecoderLayers > 0, $"There are {DecoderLayers} decoder layers; there must be 1 or more.");
        Check(Block.Width > 0, $"The width is {Block.Width}; it must be 1 or more.");
        Check(Block.FeedForwardWidth > 0, $"The width inside the feed-forward blocks is {Block.FeedForwardWidth}; it must be 1 or more.");
        CheckChance(Block.Dropout, "an element of a block's output");
        CheckChance(Block.AttentionDropout, "an attention weight");
        CheckChance(Block.ActivationDropout, "an element inside a feed-forward block");
        Check(Block.Heads > 0 && Block.Width % Block.Heads == 0, $"The width {Block.Width} is not a multiple of the {Block.Heads} heads.");
        Check(
            Positions != PositionKind.Rotary || (Block.Heads > 0 && Block.Width / Block.Heads % 2 == 0),
            $"Rotary positions need an even width per head; {Block.Width} / {Block.Heads} is odd.");
        Check(MaxPositions > 0, $"There are {MaxPositions} positions; there must be 1 or more.");
        Check(
            TieEmbeddings != EmbeddingTying.All || SourceVocabularySize == TargetVocabularySize,
            $"Embeddings can be tied to all only with one joint vocabulary, but the source has {SourceVocabularySize} pieces and the target {TargetVocabularySize}.");
        return faults;
    }

    private static TransformerOptions Joint(int vocabularySize, int layers, int width, int feedForwardWidth, int heads) => new()
    {
        SourceVocabularySize = vocabularySize,
        TargetVocabularySize = vocabularySize,
        EncoderLayers = layers,
        DecoderLayers = layers,
        Block = new BlockOptions { Width = width, FeedForwardWidth = feedForwardWidth, Heads = heads },
    };
}
