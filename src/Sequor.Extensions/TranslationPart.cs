namespace Sequor.Extensions;

/// <summary>A part of a translation that is still growing.</summary>
/// <param name="Text">The next characters; empty in the last part.</param>
public sealed record TranslationPart(string Text)
{
    /// <summary>The whole translation, in the last part; null in all others.</summary>
    public PassageTranslation? Whole { get; init; }

    /// <summary>The text alone.</summary>
    public override string ToString() => Text;
}
