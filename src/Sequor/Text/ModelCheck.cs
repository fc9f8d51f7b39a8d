using System.Globalization;

namespace Sequor.Text;

/// <summary>What must hold in a SentencePiece model before anyone encodes with it.</summary>
internal static class ModelCheck
{
    /// <summary>SentencePiece refuses longer pieces too; the deepest walk through a trie follows from it.</summary>
    private const int MaximumLength = 8000;

    /// <summary>Throws when a model contradicts itself; the sentence names model, piece and rule.</summary>
    public static void ThrowIfDamaged(SentencePieceModel model)
    {
        string? fault = Fault(model);
        if (fault is not null)
        {
            throw new ModelFormatException($"The SentencePiece model '{model.Name}' is damaged: {fault}");
        }
    }

    private static string? Fault(SentencePieceModel model) =>
        model.Pieces.Count == 0
            ? "it holds no piece. Is it a SentencePiece .model file at all?"
            : !Enum.IsDefined(model.Algorithm)
                ? "it names an algorithm that is neither unigram, BPE, word nor character."
                : PieceFault(model) ?? UnknownFault(model) ?? ByteFault(model);

    private static string? PieceFault(SentencePieceModel model)
    {
        var text = new Dictionary<string, int>(StringComparer.Ordinal);
        var reserved = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = 0; id < model.Pieces.Count; id++)
        {
            ModelPiece piece = model.Pieces[id];
            string? fault = string.IsNullOrEmpty(piece.Text) ? "is empty"
                : piece.Text.Length > MaximumLength ? "is longer than 8,000 characters"
                : piece.Text.Contains('\0', StringComparison.Ordinal) ? "holds a NUL"
                : !float.IsFinite(piece.Score) ? "has no finite score"
                : !(IsText(piece.Type) ? text : reserved).TryAdd(piece.Text, id) ? $"repeats '{piece.Text}'"
                : null;
            if (fault is not null)
            {
                return string.Create(CultureInfo.InvariantCulture, $"piece {id} {fault}.");
            }
        }

        return null;
    }

    private static bool IsText(PieceType type) => type is PieceType.Normal or PieceType.UserDefined or PieceType.Unused;

    private static string? UnknownFault(SentencePieceModel model)
    {
        int count = model.Pieces.Count(piece => piece.Type == PieceType.Unknown);
        return count == 1 ? null : string.Create(
            CultureInfo.InvariantCulture, $"it has {count} unknown pieces; every model has exactly one, usually <unk>.");
    }

    private static string? ByteFault(SentencePieceModel model)
    {
        HashSet<string> bytes = model.Pieces.Where(piece => piece.Type == PieceType.Byte).Select(piece => piece.Text)
            .ToHashSet(StringComparer.Ordinal);
        string? foreign = bytes.FirstOrDefault(piece => !ByteTokenizer.ByteNames.Contains(piece));
        return foreign is not null ? $"'{foreign}' is marked as a byte; bytes are <0x00> to <0xFF>."
            : bytes.Count > 0 && !model.ByteFallback ? "it has byte pieces although byte_fallback is off."
            : model.ByteFallback && bytes.Count != 256 ? string.Create(
                CultureInfo.InvariantCulture, $"byte_fallback is on, but only {bytes.Count} of the 256 byte pieces are there.")
            : null;
    }
}
