namespace Sequor.Text.Sentences;

/// <summary>A stretch of a text. Places and lengths count UTF-16 units, as indices of a string do.</summary>
/// <param name="Start">Where it begins, from 0.</param>
/// <param name="Length">How long it is, 1 or more.</param>
/// <param name="Kind">Sentence, or what lies between sentences.</param>
public readonly record struct TextSpan(int Start, int Length, TextSpanKind Kind)
{
    /// <summary>Where it ends: the place behind its last unit.</summary>
    public int End => Start + Length;

    /// <summary>Whether it is a sentence.</summary>
    public bool IsSentence => Kind == TextSpanKind.Sentence;

    /// <summary>The stretch itself.</summary>
    /// <param name="text">The text that was split.</param>
    public string Of(string text) => text.Substring(Start, Length);
}
