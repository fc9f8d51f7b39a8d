namespace Sequor.Server.Documents.Units;

/// <summary>What of a document is replaced; everything else stays as it is.</summary>
/// <param name="Units">Runs of text to translate, by their place; those of attributes lie within the marks of others.</param>
/// <param name="Replacements">Stretches that become something else without being translated.</param>
internal sealed record DocumentParts(IReadOnlyList<DocumentUnit> Units, IReadOnlyList<Replacement> Replacements);

/// <summary>A stretch of a document and what becomes of it.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">The place behind it.</param>
/// <param name="Text">What it becomes.</param>
internal readonly record struct Replacement(int Start, int End, string Text);
