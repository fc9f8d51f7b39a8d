using System.Text;

namespace Sequor.Scoring;

/// <summary>Text as code points, and the two rewritings from which sacreBLEU's tokenizers are made.</summary>
internal static class CodePoints
{
    internal static List<int> Of(string text)
    {
        var codePoints = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            codePoints.Add(rune.Value);
        return codePoints;
    }

    internal static string Text(List<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Count);
        foreach (int codePoint in codePoints)
            text.Append(new Rune(codePoint).ToString());
        return text.ToString();
    }

    internal static List<string> Words(List<int> codePoints) => Whitespace.Split(Text(codePoints));

    /// <summary>Puts a space on both sides of each code point that stands alone.</summary>
    internal static List<int> Surround(List<int> text, Func<int, bool> standsAlone)
    {
        var spaced = new List<int>(text.Count + 16);
        foreach (int codePoint in text)
        {
            if (standsAlone(codePoint))
                spaced.AddRange([' ', codePoint, ' ']);
            else
                spaced.Add(codePoint);
        }

        return spaced;
    }

    /// <summary>
    /// Rewrites each pair that fits, from left to right and without overlap, as one pass of a regular expression does: "first, second" becomes
    /// "first second " where the second is to stand alone, and " first second" where the first is.
    /// </summary>
    internal static List<int> Separate(List<int> text, Func<int, bool> isFirst, Func<int, bool> isSecond, bool secondStandsAlone)
    {
        var spaced = new List<int>(text.Count + 16);
        for (var i = 0; i < text.Count; i++)
        {
            bool fits = i + 1 < text.Count && isFirst(text[i]) && isSecond(text[i + 1]);
            if (!fits)
            {
                spaced.Add(text[i]);
                continue;
            }

            if (secondStandsAlone)
                spaced.AddRange([text[i], ' ', text[i + 1], ' ']);
            else
                spaced.AddRange([' ', text[i], ' ', text[i + 1]]);
            i++;
        }

        return spaced;
    }
}
