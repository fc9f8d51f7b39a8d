using System.Text.RegularExpressions;

namespace Sequor.Text.SubwordNmt;

/// <summary>Takes the texts of a glossary out of words.</summary>
internal sealed class GlossaryCutter
{
    private readonly Regex[] _glossaries;
    private readonly Regex? _whole;

    internal GlossaryCutter(IReadOnlyList<string> glossaries)
    {
        _glossaries = [.. glossaries.Select(glossary => new Regex(glossary, RegexOptions.CultureInvariant))];
        _whole = glossaries.Count == 0 ? null : new Regex($@"\A(?:{string.Join('|', glossaries)})\z", RegexOptions.CultureInvariant);
    }

    /// <summary>Whether a part of a word is a text of the glossary, which stays whole.</summary>
    internal bool IsWhole(string part) => _whole?.IsMatch(part) == true;

    /// <summary>Cuts a word before and behind each text of the glossary: one glossary after the other.</summary>
    internal IReadOnlyList<string> Cut(string word)
    {
        List<string> parts = [word];
        foreach (Regex glossary in _glossaries)
        {
            parts = [.. parts.SelectMany(part => Cut(part, glossary))];
        }

        return parts;
    }

    private static IEnumerable<string> Cut(string part, Regex glossary)
    {
        int from = 0;
        foreach (Match match in glossary.Matches(part))
        {
            if (match.Index > from)
            {
                yield return part[from..match.Index];
            }

            from = match.Index + match.Length;
            yield return match.Value;
        }

        if (from < part.Length)
        {
            yield return part[from..];
        }
    }
}
