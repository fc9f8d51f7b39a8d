using Sequor.Text.Sentences;

namespace Sequor.Server.Documents;

/// <summary>How a document is translated.</summary>
public sealed record DocumentTranslationOptions
{
    /// <summary>The language the document is in, by its code, for its abbreviations; null for general rules. Default null.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The language it is translated to, by its code: what the <c>lang</c> of an HTML page becomes; null leaves that as it is. Default null.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>The longest sentence in characters, 16 or more, or 0 for any length (<see cref="SentenceSplitterOptions.MaximumLength"/>). Default 0.</summary>
    public int MaximumSentenceLength { get; init; }
}
