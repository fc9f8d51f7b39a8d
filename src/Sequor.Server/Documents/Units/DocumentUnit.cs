namespace Sequor.Server.Documents.Units;

/// <summary>Makes text into what stands for it in a document's markup.</summary>
/// <param name="text">The text.</param>
/// <param name="isFirst">Whether it begins the unit.</param>
internal delegate string TextEscape(string text, bool isFirst);

/// <summary>A run of text that is translated as one: a paragraph, a cell, the text of an attribute.</summary>
/// <param name="Start">Where it begins in the document.</param>
/// <param name="End">The place behind it.</param>
/// <param name="Text">Its text without marks.</param>
/// <param name="Marks">The marks in it, in their order, as a tree.</param>
/// <param name="Escape">Makes a translation into markup.</param>
internal sealed record DocumentUnit(int Start, int End, string Text, IReadOnlyList<InlineMark> Marks, TextEscape Escape)
{
    /// <summary>Whether it lies within a mark or a tag of the document, so that it is written there.</summary>
    public bool IsAttribute { get; init; }
}
