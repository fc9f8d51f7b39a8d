using System.Text;

namespace Sequor.Text.Unicode;

/// <summary>
/// Replacements that, applied from left to right, the longest first, normalise text. Beside single characters it holds
/// the sequences that compose, for instance a letter and its accent, in every spelling of their parts.
/// </summary>
internal sealed class ReplacementTable
{
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);

    /// <summary>Sets a replacement.</summary>
    public string this[string source]
    {
        set => _entries[source] = value;
    }

    /// <summary>Forgets a replacement.</summary>
    public void Remove(string source) => _entries.Remove(source);

    /// <summary>The table of normal form KC.</summary>
    public static ReplacementTable Nfkc()
    {
        var table = new ReplacementTable();
        var spellings = new Dictionary<int, List<int>>();
        var sequences = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (int codePoint in Decomposable())
        {
            string source = ToText([codePoint]);
            string normalized = ToText(Normalization.Nfkc([codePoint]));
            List<int> parts = Normalization.Decompose([codePoint], compatibility: true);
            if (normalized != source)
            {
                table._entries[source] = normalized;
            }

            if (parts.Count > 1)
            {
                sequences[ToText(parts)] = parts;
            }
            else if (!spellings.TryAdd(parts[0], [parts[0], codePoint]))
            {
                spellings[parts[0]].Add(codePoint);
            }
        }

        foreach ((string source, List<int> parts) in sequences)
        {
            table.AddSpellings(source, parts, spellings);
        }

        table.Reduce();
        return table;
    }

    /// <summary>Folds the case of every replacement, and of every character that is not replaced.</summary>
    public void FoldCase()
    {
        Dictionary<int, int> folded = UnicodeTables.Shared.Folded;
        foreach ((string source, string replacement) in _entries.ToArray())
        {
            _entries[source] = string.Concat(replacement.EnumerateRunes().Select(
                rune => new Rune(folded.GetValueOrDefault(rune.Value, rune.Value)).ToString()));
        }

        foreach ((int codePoint, int lower) in folded)
        {
            _entries.TryAdd(ToText([codePoint]), ToText([lower]));
        }
    }

    /// <summary>The entries, less the sequences that shorter entries replace the same way.</summary>
    public IReadOnlyDictionary<string, string> Reduced()
    {
        Reduce();
        return _entries;
    }

    private static IEnumerable<int> Decomposable() => UnicodeTables.Shared.Canonical.Keys
        .Concat(UnicodeTables.Shared.Compatibility.Keys)
        .Concat(Enumerable.Range(Hangul.FirstSyllable, Hangul.SyllableCount));

    /// <summary>Adds every spelling of a sequence that composes.</summary>
    private void AddSpellings(string source, List<int> parts, Dictionary<int, List<int>> spellings)
    {
        string composed = ToText(Normalization.Nfc(parts));
        if (composed == source)
        {
            return;
        }

        IEnumerable<string> all = [""];
        foreach (int part in parts)
        {
            List<int> choices = spellings.GetValueOrDefault(part) ?? [part];
            all = [.. all.SelectMany(start => choices.Select(choice => start + ToText([choice])))];
        }

        foreach (string spelling in all)
        {
            if (spelling != composed)
            {
                _entries[spelling] = composed;
            }
        }
    }

    private void Reduce()
    {
        var byLength = _entries.ToLookup(entry => entry.Key.EnumerateRunes().Count());
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<int, KeyValuePair<string, string>> group in byLength.OrderBy(group => group.Key))
        {
            foreach (KeyValuePair<string, string> entry in group)
            {
                // Entries of the same length never match inside one another, so their order does not matter.
                if (group.Key == 1 || Replace(kept, entry.Key, group.Key - 1) != entry.Value)
                {
                    kept.Add(entry.Key, entry.Value);
                }
            }
        }

        _entries.Clear();
        foreach ((string source, string replacement) in kept)
        {
            _entries.Add(source, replacement);
        }
    }

    /// <summary>Replaces from left to right with entries of at most this many code points, the longest first.</summary>
    private static string Replace(Dictionary<string, string> entries, string source, int maximumLength)
    {
        var lookup = entries.GetAlternateLookup<ReadOnlySpan<char>>();
        var result = new StringBuilder();
        ReadOnlySpan<char> rest = source;
        while (!rest.IsEmpty)
        {
            int length = LongestLength(rest, maximumLength);
            while (length > 0 && !lookup.ContainsKey(rest[..length]))
            {
                length -= char.IsLowSurrogate(rest[length - 1]) ? 2 : 1;
            }

            int consumed = length > 0 ? length : LongestLength(rest, 1);
            result.Append(length > 0 ? lookup[rest[..length]] : rest[..consumed]);
            rest = rest[consumed..];
        }

        return result.ToString();
    }

    /// <summary>How many UTF-16 units the first code points have.</summary>
    private static int LongestLength(ReadOnlySpan<char> text, int codePoints)
    {
        int length = 0;
        for (int i = 0; i < codePoints && length < text.Length; i++)
        {
            length += char.IsHighSurrogate(text[length]) ? 2 : 1;
        }

        return length;
    }

    private static string ToText(IEnumerable<int> codePoints) => string.Concat(codePoints.Select(codePoint => new Rune(codePoint).ToString()));
}
