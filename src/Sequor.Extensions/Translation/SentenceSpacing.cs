namespace Sequor.Extensions.Translation;

/// <summary>What parts sentences of one line. Languages differ in it, and a translation follows its own.</summary>
internal static class SentenceSpacing
{
    private static readonly string[] _withoutSpaces = ["zh", "ja", "yue"];
    private static readonly string[] _withoutMarks = ["th", "lo", "km", "my"];

    /// <summary>What stands between two sentences of a translation.</summary>
    /// <param name="source">What stands between the sentences of the source; empty where nothing does.</param>
    /// <param name="target">The language of the translation; null leaves everything as it is.</param>
    internal static string Between(string source, string? target)
    {
        string? language = target?.Split('-', '_')[0].ToLowerInvariant();
        return source switch
        {
            _ when language is null => source,
            " " when _withoutSpaces.Contains(language) => "",
            "" when !_withoutSpaces.Contains(language) && !_withoutMarks.Contains(language) => " ",
            _ => source,
        };
    }
}
