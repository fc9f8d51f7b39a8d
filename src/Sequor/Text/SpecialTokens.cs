namespace Sequor.Text;

/// <summary>The pieces that stand for no text, under the names the field gives them.</summary>
public static class SpecialTokens
{
    /// <summary>What stands for a piece that the vocabulary does not hold.</summary>
    public const string Unknown = "<unk>";

    /// <summary>The beginning of a sequence.</summary>
    public const string Begin = "<s>";

    /// <summary>The end of a sequence.</summary>
    public const string End = "</s>";

    /// <summary>What fills a batch behind a short sequence.</summary>
    public const string Padding = "<pad>";

    /// <summary>All four in the order in which <see cref="Vocabulary.Build"/> numbers them: 0, 1, 2, 3.</summary>
    public static IReadOnlyList<string> All { get; } = [Unknown, Begin, End, Padding];
}
