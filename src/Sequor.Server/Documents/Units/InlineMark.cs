namespace Sequor.Server.Documents.Units;

/// <summary>What a mark does with the text around it.</summary>
internal enum MarkKind
{
    /// <summary>It encloses text: bold, a link.</summary>
    Pair,

    /// <summary>It stands at one place: a picture, a tag whose partner is missing.</summary>
    Single,

    /// <summary>Its text is not translated: code, an address.</summary>
    Protected,
}

/// <summary>A mark within a unit.</summary>
/// <param name="kind">What it does.</param>
/// <param name="start">Where its text begins in the unit's text.</param>
/// <param name="opening">How it opens in the document; of a mark that is no pair, the whole.</param>
internal sealed class InlineMark(MarkKind kind, int start, MarkSource opening)
{
    /// <summary>What it does.</summary>
    public MarkKind Kind { get; set; } = kind;

    /// <summary>Where its text begins in the unit's text.</summary>
    public int Start { get; set; } = start;

    /// <summary>The place behind its text.</summary>
    public int End { get; set; } = start;

    /// <summary>How it opens in the document; of a mark that is no pair, the whole.</summary>
    public MarkSource Opening { get; set; } = opening;

    /// <summary>How it closes.</summary>
    public MarkSource Closing { get; set; }

    /// <summary>The name its closing must have; empty where any will do.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether a space stands before it in the document.</summary>
    public bool HasSpaceBefore { get; init; }

    /// <summary>Whether a space stands behind it in the document.</summary>
    public bool HasSpaceBehind { get; set; }

    /// <summary>The marks within it.</summary>
    public List<InlineMark> Children { get; } = [];
}

/// <summary>How a mark is written: a stretch of the document, or a text of its own.</summary>
/// <param name="Start">Where the stretch begins.</param>
/// <param name="End">The place behind it.</param>
/// <param name="Text">The text; null for the stretch.</param>
internal readonly record struct MarkSource(int Start, int End, string? Text = null);
