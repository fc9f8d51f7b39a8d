namespace Sequor.Scoring;

/// <summary>Tercom's normaliser and tokenizer, as sacreBLEU has it.</summary>
internal static class TerWords
{
    internal static List<string> Of(string line, TerOptions options)
    {
        string cased = Whitespace.TrimEnd(line);
        if (!options.CaseSensitive)
            cased = LowerCase.Of(cased);

        List<int> text = options.Normalized ? Normalize(cased, options.AsianSupport) : CodePoints.Of(cased);
        if (options.NoPunctuation)
        {
            text.RemoveAll(IsPunctuation);
            if (options.AsianSupport)
                text.RemoveAll(IsAsianPunctuation);
        }

        return CodePoints.Words(text);
    }

    private static List<int> Normalize(string line, bool asianSupport)
    {
        string joined = line.Replace("\n-", "", StringComparison.Ordinal).Replace('\n', ' ');
        List<int> text = CodePoints.Of($" {WesternPunctuation.Unescape(joined)} ");

        // A possessive is cut after the symbols, whose spaces may be the ones it ends before, and before the stops.
        string symbols = CodePoints.Text(WesternPunctuation.SeparateSymbols(text));
        text = WesternPunctuation.SeparateStopsAndDashes(CodePoints.Of(symbols.Replace("'s ", " 's ", StringComparison.Ordinal)));

        // Tercom's rule that cuts kana off from other letters never fits a padded line, so kana stay joined.
        return asianSupport ? CodePoints.Surround(text, codePoint => IsIdeograph(codePoint) || IsAsianPunctuation(codePoint)) : text;
    }

    private static bool IsIdeograph(int codePoint) => codePoint is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x31C0 and <= 0x31EF) or (>= 0x2E80 and <= 0x2EFF)
        or (>= 0x3300 and <= 0x33FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F) or (>= 0x3200 and <= 0x32FF);

    private static bool IsAsianPunctuation(int codePoint) => codePoint is
        0x3001 or 0x3002 or (>= 0x3008 and <= 0x3011) or (>= 0x3014 and <= 0x301F) or (>= 0xFF61 and <= 0xFF65) or 0x30FB
        or 0xFF0E or 0xFF0C or 0xFF1F or 0xFF1A or 0xFF1B or 0xFF01 or 0xFF02 or 0xFF08 or 0xFF09;

    private static bool IsPunctuation(int codePoint) => codePoint is '.' or ',' or '?' or ':' or ';' or '!' or '"' or '(' or ')';
}
