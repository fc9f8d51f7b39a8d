namespace Sequor.Text.Training;

/// <summary>What to train a subword vocabulary with; the names and defaults follow SentencePiece.</summary>
public sealed record SubwordTrainingOptions
{
    /// <summary>How pieces are found and text is cut by them. Default <see cref="SubwordAlgorithm.Bpe"/>.</summary>
    public SubwordAlgorithm Algorithm { get; init; } = SubwordAlgorithm.Bpe;

    /// <summary>Pieces in the finished vocabulary, specials and symbols included; 1 or more. Default 8,000.</summary>
    public int VocabularySize { get; init; } = 8000;

    /// <summary>
    /// Whether a corpus too small for <see cref="VocabularySize"/> is an error; when false the vocabulary is as large as the corpus allows.
    /// Character vocabularies are never too small. Default true.
    /// </summary>
    public bool HardVocabularyLimit { get; init; } = true;

    /// <summary>
    /// Share of the corpus, in characters, that the alphabet covers, 0.98 to 1; rarer characters become unknown.
    /// Default 0.9995, fit for large alphabets; 1 keeps every character.
    /// </summary>
    public float CharacterCoverage { get; init; } = 0.9995f;

    /// <summary>Characters that join the alphabet however rare they are. Default none.</summary>
    public string RequiredCharacters { get; init; } = "";

    /// <summary>
    /// How text is normalised before it is cut, one of <see cref="NormalizationRules.Names"/>; the model carries the rule's map.
    /// Default <c>nmt_nfkc</c>: normal form KC, control characters dropped, all that looks like a space made one.
    /// </summary>
    public string NormalizationRule { get; init; } = "nmt_nfkc";

    /// <summary>Longest piece in code points, 1 to 512. Default 16.</summary>
    public int MaxPieceLength { get; init; } = 16;

    /// <summary>Whether a piece must stay within one script; Han and the two Japanese syllabaries count as one. Default true.</summary>
    public bool SplitByUnicodeScript { get; init; } = true;

    /// <summary>Whether a piece that holds digits must stay apart from letters, as "F1" from "F" and "1". Default true.</summary>
    public bool SplitByNumber { get; init; } = true;

    /// <summary>Whether a piece must stay within one word. Default true.</summary>
    public bool SplitByWhitespace { get; init; } = true;

    /// <summary>Whether every digit is a piece of its own. Default false.</summary>
    public bool SplitDigits { get; init; }

    /// <summary>Whether characters outside the alphabet are written as UTF-8 bytes, which adds 256 pieces. Default false.</summary>
    public bool ByteFallback { get; init; }

    /// <summary>Pieces that are never cut and never part of another piece, in text as well as in the vocabulary. Default none.</summary>
    public IReadOnlyList<string> UserDefinedSymbols { get; init; } = [];

    /// <summary>Pieces that the program inserts and that text cannot produce, such as language tags. Default none.</summary>
    public IReadOnlyList<string> ControlSymbols { get; init; } = [];

    /// <summary>Id of <c>&lt;unk&gt;</c>, 0 or more. Default 0.</summary>
    public int UnknownId { get; init; }

    /// <summary>Id of <c>&lt;s&gt;</c>; -1 leaves it out. Default 1.</summary>
    public int BeginId { get; init; } = 1;

    /// <summary>Id of <c>&lt;/s&gt;</c>; -1 leaves it out. Default 2.</summary>
    public int EndId { get; init; } = 2;

    /// <summary>Id of <c>&lt;pad&gt;</c>; -1 leaves it out. Default -1.</summary>
    public int PadId { get; init; } = -1;

    /// <summary>Lines to train on, drawn at random by <see cref="Seed"/> from a larger corpus; 0 takes all. Default 0.</summary>
    public int InputSentenceLimit { get; init; }

    /// <summary>Which lines are drawn when <see cref="InputSentenceLimit"/> is smaller than the corpus. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Lines with more UTF-8 bytes than this are left out, 10 or more. Default 4,192.</summary>
    public int MaxLineBytes { get; init; } = 4192;

    /// <summary>Unigram only: candidate pieces before pruning, 1,000 to 5,000,000. Default 1,000,000.</summary>
    public int SeedPieces { get; init; } = 1_000_000;

    /// <summary>Unigram only: share of the pieces that survives a round of pruning, 0.5 to 0.95. Default 0.75.</summary>
    public float ShrinkingFactor { get; init; } = 0.75f;

    /// <summary>Unigram only: expectation-maximisation passes before each pruning, 1 to 10. Default 2.</summary>
    public int SubIterations { get; init; } = 2;

    /// <summary>Checks every property against its range.</summary>
    /// <returns>One sentence for each fault; empty when the options can be used.</returns>
    public IReadOnlyList<string> Validate() => SubwordTrainingFaults.Of(this);
}
