namespace Sequor.Configuration;

/// <summary>How text is cut into pieces.</summary>
public enum VocabularyChoice
{
    /// <summary>Byte-pair encoding (Sennrich et al. 2016), in SentencePiece's form.</summary>
    Bpe,

    /// <summary>The unigram language model (Kudo 2018), in SentencePiece's form.</summary>
    Unigram,

    /// <summary>Words between spaces.</summary>
    Word,

    /// <summary>Characters: Unicode code points.</summary>
    Character,

    /// <summary>The bytes of UTF-8.</summary>
    Byte,
}

/// <summary>What happens to text before it is cut: SentencePiece's names.</summary>
public enum NormalizationChoice
{
    /// <summary>NFKC with the changes that SentencePiece makes for translation.</summary>
    NmtNfkc,

    /// <summary>Unicode's NFKC.</summary>
    Nfkc,

    /// <summary><see cref="NmtNfkc"/> and case folding.</summary>
    NmtNfkcCaseFold,

    /// <summary><see cref="Nfkc"/> and case folding.</summary>
    NfkcCaseFold,

    /// <summary>Nothing.</summary>
    Identity,
}

/// <summary>The pieces a model knows: <c>vocabulary:</c> in the file.</summary>
public sealed record VocabularyConfiguration
{
    internal static Schema<VocabularyConfiguration> Schema { get; } = new Schema<VocabularyConfiguration>(_ => new())
        .Choice("kind",
            new(("bpe", VocabularyChoice.Bpe), ("unigram", VocabularyChoice.Unigram), ("word", VocabularyChoice.Word),
                ("char", VocabularyChoice.Character), ("character", VocabularyChoice.Character), ("byte", VocabularyChoice.Byte)),
            c => c.Kind, (c, v) => c with { Kind = v })
        .Integer("size", new(8, 1 << 24), c => c.Size, (c, v) => c with { Size = v }, "vocab_size")
        .Boolean("joint", c => c.Joint, (c, v) => c with { Joint = v })
        .Texts("model", c => c.Model, (c, v) => c with { Model = v })
        .Number("character_coverage", new(0, 1, AboveMinimum: true), c => c.CharacterCoverage, (c, v) => c with { CharacterCoverage = v })
        .Boolean("byte_fallback", c => c.ByteFallback, (c, v) => c with { ByteFallback = v })
        .Choice("normalization",
            new(("nmt_nfkc", NormalizationChoice.NmtNfkc), ("nfkc", NormalizationChoice.Nfkc),
                ("nmt_nfkc_cf", NormalizationChoice.NmtNfkcCaseFold), ("nfkc_cf", NormalizationChoice.NfkcCaseFold),
                ("identity", NormalizationChoice.Identity)),
            c => c.Normalization, (c, v) => c with { Normalization = v })
        .Texts("user_defined_symbols", c => c.UserDefinedSymbols, (c, v) => c with { UserDefinedSymbols = v })
        .OptionalChild("source_vectors", WordVectorConfiguration.Schema, c => c.SourceVectors, (c, v) => c with { SourceVectors = v })
        .OptionalChild("target_vectors", WordVectorConfiguration.Schema, c => c.TargetVectors, (c, v) => c with { TargetVectors = v })
        .Require(["model", "joint"], ModelProblem);

    /// <summary>How text is cut. Default: <see cref="VocabularyChoice.Bpe"/>.</summary>
    public VocabularyChoice Kind { get; init; } = VocabularyChoice.Bpe;

    /// <summary>Pieces to learn, special ones included, 8 to 16,777,216; the largest number kept for words and characters. Default: 8,000.</summary>
    public int Size { get; init; } = 8000;

    /// <summary>Whether both sides share one vocabulary. Default: true.</summary>
    public bool Joint { get; init; } = true;

    /// <summary>Existing vocabulary files to use instead of learning: one when joint, source and target otherwise. Default: none.</summary>
    public ValueList<string> Model { get; init; } = [];

    /// <summary>Share of the corpus' characters that become pieces, above 0 and at most 1. Default: 0.9995.</summary>
    public double CharacterCoverage { get; init; } = 0.9995;

    /// <summary>Whether characters without a piece are written as bytes. Default: false.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>What happens to text before it is cut. Default: <see cref="NormalizationChoice.NmtNfkc"/>.</summary>
    public NormalizationChoice Normalization { get; init; } = NormalizationChoice.NmtNfkc;

    /// <summary>Texts that are always one piece, such as tags. Default: none.</summary>
    public ValueList<string> UserDefinedSymbols { get; init; } = [];

    /// <summary>Pretrained vectors for the source embedding; the shared one where all are tied. Default: none.</summary>
    public WordVectorConfiguration? SourceVectors { get; init; }

    /// <summary>Pretrained vectors for the target embedding; where all are tied, for the pieces that the source vectors lack. Default: none.</summary>
    public WordVectorConfiguration? TargetVectors { get; init; }

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);

    private static string? ModelProblem(VocabularyConfiguration vocabulary) =>
        (vocabulary.Model.Count, vocabulary.Joint) switch
        {
            (0, _) or (1, true) or (2, false) => null,
            (_, true) => $"a joint vocabulary has one file, and {vocabulary.Model.Count} are given; set joint: false for one per side",
            _ => $"separate vocabularies have two files, source and target, and {vocabulary.Model.Count} given; set joint: true for one",
        };
}
