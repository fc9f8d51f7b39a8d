using System.Globalization;

namespace Sequor.Text.Sentences;

/// <summary>How text is cut into sentences.</summary>
public sealed record SentenceSplitterOptions
{
    /// <summary>The least that <see cref="MaximumLength"/> may be, unless it is off.</summary>
    public const int LeastMaximumLength = 16;

    /// <summary>
    /// Characters (code points) a sentence may have, 16 or more; 0 sets no limit. Default 0. A longer one is cut behind a comma or another mark
    /// between clauses, else at a space, else between two characters.
    /// </summary>
    public int MaximumLength { get; init; }

    /// <summary>Says what is wrong with these settings.</summary>
    /// <returns>One sentence for each fault; none where all is well.</returns>
    public IReadOnlyList<string> Validate() => MaximumLength is 0 or >= LeastMaximumLength
        ? []
        : [string.Create(CultureInfo.InvariantCulture,
            $"The longest sentence is set to {MaximumLength} characters; it must be {LeastMaximumLength} or more, or 0 for no limit.")];
}
