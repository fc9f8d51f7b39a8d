namespace Sequor.Scoring;

/// <summary>
/// The language-dependent half of mteval-v13a's tokenizer, shared by the tokenizers <c>13a</c> and <c>zh</c> and by TER's normalisation.
/// </summary>
internal static class WesternPunctuation
{
    internal static List<int> Separate(List<int> text) => SeparateStopsAndDashes(SeparateSymbols(text));

    internal static List<int> SeparateSymbols(List<int> text) => CodePoints.Surround(text, IsSymbol);

    internal static List<int> SeparateStopsAndDashes(List<int> text)
    {
        text = CodePoints.Separate(text, IsNotDigit, IsStop, secondStandsAlone: true);
        text = CodePoints.Separate(text, IsStop, IsNotDigit, secondStandsAlone: false);
        return CodePoints.Separate(text, IsDigit, codePoint => codePoint == '-', secondStandsAlone: true);
    }

    /// <summary>Undoes the four XML escapes, in mteval's order, so that <c>&amp;amp;lt;</c> ends as a bracket.</summary>
    internal static string Unescape(string line) => line.Contains('&', StringComparison.Ordinal)
        ? line.Replace("&quot;", "\"", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
        : line;

    // ASCII punctuation but for the apostrophe, the comma, the dash and the full stop.
    private static bool IsSymbol(int codePoint) => codePoint is
        (>= ' ' and <= '&') or (>= '(' and <= '+') or '/' or (>= ':' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');

    private static bool IsStop(int codePoint) => codePoint is '.' or ',';

    private static bool IsDigit(int codePoint) => codePoint is >= '0' and <= '9';

    private static bool IsNotDigit(int codePoint) => !IsDigit(codePoint);
}
