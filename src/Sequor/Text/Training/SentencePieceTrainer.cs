using Sequor.Text.Protobuf;

namespace Sequor.Text.Training;

/// <summary>
/// Trains SentencePiece models (Kudo and Richardson 2018) from text; their files work wherever SentencePiece does.
/// Byte-pair vocabularies hold the pieces that <c>spm_train</c> finds in the same text.
/// </summary>
/// <example>
/// <code>
/// SentencePieceModel model = SentencePieceTrainer.Train(File.ReadLines("train.en"), new() { VocabularySize = 8000 });
/// model.Save("en.model");
/// </code>
/// </example>
public static class SentencePieceTrainer
{
    private const string ModelName = "in training";

    /// <summary>
    /// Finds a vocabulary in one pass over the text. Memory grows with the number of distinct words, not of lines. The result depends
    /// on nothing but the options and the text, and on the order of its lines only when a sample is drawn from them.
    /// </summary>
    /// <param name="lines">
    /// One sentence per line, both languages after each other for a joint vocabulary. Empty lines, lines longer than
    /// <see cref="SubwordTrainingOptions.MaxLineBytes"/> and lines that hold U+2585, which training reserves, are left out.
    /// </param>
    /// <param name="options">What to train.</param>
    /// <param name="cancellation">Stops training; checked at every line, merge and pass.</param>
    /// <returns>A model ready to be saved or to cut text.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of its range (every fault is named), the text is empty, or the vocabulary size does not fit the text
    /// (the range that fits is named).
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was stopped.</exception>
    public static SentencePieceModel Train(
        IEnumerable<string> lines, SubwordTrainingOptions options, CancellationToken cancellation = default)
    {
        IReadOnlyList<string> faults = options.Validate();
        if (faults.Count > 0)
            throw new ArgumentException("Training a subword vocabulary: " + string.Join(" ", faults), nameof(options));

        NormalizerSpec rule = NormalizationRules.Spec(options.NormalizationRule);
        TextNormalizer normalizer = new(rule, treatWhitespaceAsSuffix: false, options.UserDefinedSymbols, ModelName);
        IReadOnlyList<ModelPiece> pieces = PieceTraining.Train(lines, options, normalizer.Normalize, cancellation);
        return new SentencePieceModel(Message(pieces, options, rule), ModelName);
    }

    private static ModelProto Message(IReadOnlyList<ModelPiece> pieces, SubwordTrainingOptions options, NormalizerSpec rule)
    {
        ModelProto message = new() { TrainerSpec = Settings(options, pieces.Count), NormalizerSpec = rule };
        foreach (ModelPiece piece in pieces)
        {
            ModelProto.Types.SentencePiece entry = new() { Piece = piece.Text, Score = piece.Score };
            // The file leaves out the type of a normal piece.
            if (piece.Type != PieceType.Normal)
                entry.Type = (ModelProto.Types.SentencePiece.Types.Type)piece.Type;
            message.Pieces.Add(entry);
        }
        return message;
    }

    private static TrainerSpec Settings(SubwordTrainingOptions options, int size) => new()
    {
        ModelType = (TrainerSpec.Types.ModelType)options.Algorithm,
        VocabSize = size,
        CharacterCoverage = options.CharacterCoverage,
        InputSentenceSize = (ulong)options.InputSentenceLimit,
        SeedSentencepieceSize = options.SeedPieces,
        ShrinkingFactor = options.ShrinkingFactor,
        NumSubIterations = options.SubIterations,
        MaxSentenceLength = options.MaxLineBytes,
        MaxSentencepieceLength = options.MaxPieceLength,
        SplitByUnicodeScript = options.SplitByUnicodeScript,
        SplitByNumber = options.SplitByNumber,
        SplitByWhitespace = options.SplitByWhitespace,
        SplitDigits = options.SplitDigits,
        ControlSymbols = { options.ControlSymbols },
        UserDefinedSymbols = { options.UserDefinedSymbols },
        RequiredChars = options.RequiredCharacters,
        HardVocabLimit = options.HardVocabularyLimit,
        ByteFallback = options.ByteFallback,
        UnkId = options.UnknownId,
        BosId = options.BeginId,
        EosId = options.EndId,
        PadId = options.PadId,
    };
}
