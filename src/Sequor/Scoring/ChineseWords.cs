namespace Sequor.Scoring;

/// <summary>sacreBLEU's tokenizer <c>zh</c>: a Chinese character is a word, the rest is cut as by <c>13a</c>.</summary>
internal static class ChineseWords
{
    internal static List<string> Of(string line)
    {
        List<int> text = CodePoints.Surround(CodePoints.Of(Whitespace.Trim(line)), IsChinese);
        return CodePoints.Words(WesternPunctuation.Separate(text));
    }

    // Two ranges look wrong and are meant: sacreBLEU writes U+20000 to U+2A6D6 and U+2F800 to U+2FA1D with four-digit escapes followed by
    // a literal digit, and so takes U+2001 to U+2A6D and U+2F81 to U+2FA1 for Chinese, and no supplementary character. Its scores depend on it.
    private static bool IsChinese(int codePoint) => codePoint is
        (>= 0x2001 and <= 0x2A6D)
        or (>= 0x2E80 and <= 0x2FDF)    // radicals
        or (>= 0x2FF0 and <= 0x303F)    // descriptions of characters, CJK punctuation
        or (>= 0x3100 and <= 0x312F)    // bopomofo
        or (>= 0x31A0 and <= 0x31BF)    // bopomofo, extended
        or (>= 0x31C0 and <= 0x31EF)    // strokes
        or (>= 0x3200 and <= 0x33FF)    // enclosed letters, units
        or (>= 0x3400 and <= 0x4DB5)    // ideographs, extension A
        or (>= 0x4E00 and <= 0x9FBB)    // ideographs
        or (>= 0xF900 and <= 0xFA2D)    // compatibility ideographs
        or (>= 0xFA30 and <= 0xFA6A)
        or (>= 0xFA70 and <= 0xFAD9)
        or (>= 0xFE10 and <= 0xFE1F)    // vertical forms
        or (>= 0xFE30 and <= 0xFE4F)    // compatibility forms
        or (>= 0xFF00 and <= 0xFFEF);   // full-width and half-width forms
}
