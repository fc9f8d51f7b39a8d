namespace Sequor.Scoring;

/// <summary>White space as Python's <c>str.split</c> sees it, on which every tokenizer of sacreBLEU ends.</summary>
internal static class Whitespace
{
    // Python counts the four information separators as spaces, .NET does not; the rest of the two sets agrees.
    internal static bool IsSpace(int codePoint) =>
        codePoint <= char.MaxValue && (char.IsWhiteSpace((char)codePoint) || codePoint is >= 0x1C and <= 0x1F);

    internal static List<string> Split(string line)
    {
        var words = new List<string>();
        var start = 0;
        for (var end = 0; end <= line.Length; end++)
        {
            if (end < line.Length && !IsSpace(line[end]))
                continue;
            if (end > start)
                words.Add(line[start..end]);
            start = end + 1;
        }

        return words;
    }

    internal static string TrimEnd(string line)
    {
        int end = line.Length;
        while (end > 0 && IsSpace(line[end - 1]))
            end--;
        return line[..end];
    }

    internal static string Trim(string line)
    {
        string trimmed = TrimEnd(line);
        var start = 0;
        while (start < trimmed.Length && IsSpace(trimmed[start]))
            start++;
        return trimmed[start..];
    }
}
