using System.Text;

namespace Sequor.Server.Documents.Units;

/// <summary>The words of a translation, and what of the source each of them came from.</summary>
internal sealed class TargetWords
{
    private readonly List<(int Start, int End)> _words = [];

    private readonly List<SpanLink>[] _links;

    private readonly string _text;

    /// <summary>Cuts a translation into words: runs of letters and digits, lone characters of Chinese and kana, and lone marks.</summary>
    /// <param name="text">The translation.</param>
    /// <param name="links">What came from where.</param>
    public TargetWords(string text, IReadOnlyList<SpanLink> links)
    {
        _text = text;
        int place = 0;
        while (place < text.Length)
        {
            int end = EndOfWord(text, place);
            if (!char.IsWhiteSpace(text[place]))
                _words.Add((place, end));
            place = end;
        }

        _links = [.. _words.Select(_ => new List<SpanLink>())];
        foreach (SpanLink link in links)
        {
            for (int word = FirstEndingAfter(link.TargetStart); word < _words.Count && _words[word].Start < link.TargetStart + link.TargetLength; word++)
                _links[word].Add(link);
        }
    }

    /// <summary>How many words there are.</summary>
    public int Count => _words.Count;

    /// <summary>Where a word begins.</summary>
    public int StartOf(int word) => _words[word].Start;

    /// <summary>The place behind a word.</summary>
    public int EndOf(int word) => _words[word].End;

    /// <summary>Whether a word is one of some marks.</summary>
    public bool IsStop(int word, string stops) => _words[word].End == _words[word].Start + 1 && stops.Contains(_text[_words[word].Start], StringComparison.Ordinal);

    /// <summary>Whether anything is known of where a word came from.</summary>
    public bool IsLinked(int word) => _links[word].Count > 0;

    /// <summary>The middle of what most of a word came from.</summary>
    public int SourceOf(int word)
    {
        SpanLink best = _links[word].MaxBy(link => link.Weight * Overlap(link.TargetStart, link.TargetStart + link.TargetLength, _words[word].Start, _words[word].End));
        return best.SourceStart + (best.SourceLength / 2);
    }

    /// <summary>How much of what a word came from lies in a stretch of the source, 0 to 1; 0 where nothing is known.</summary>
    public double ShareIn(int word, int start, int end)
    {
        double inside = 0;
        double all = 0;
        foreach (SpanLink link in _links[word])
        {
            double weight = link.Weight * Overlap(link.TargetStart, link.TargetStart + link.TargetLength, _words[word].Start, _words[word].End);
            all += weight;
            inside += weight * Overlap(link.SourceStart, link.SourceStart + link.SourceLength, start, end) / Math.Max(1, link.SourceLength);
        }

        return all == 0 ? 0 : inside / all;
    }

    private static int Overlap(int start, int end, int otherStart, int otherEnd) => Math.Max(0, Math.Min(end, otherEnd) - Math.Max(start, otherStart));

    private int FirstEndingAfter(int place)
    {
        int low = 0;
        int high = _words.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_words[middle].End <= place)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static int EndOfWord(string text, int place)
    {
        _ = Rune.DecodeFromUtf16(text.AsSpan(place), out Rune rune, out int units);
        int end = place + units;
        if (!Rune.IsLetterOrDigit(rune) || IsLone(rune))
            return end;
        while (end < text.Length)
        {
            _ = Rune.DecodeFromUtf16(text.AsSpan(end), out rune, out units);
            bool joins = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
            if (!joins || IsLone(rune))
                return end;
            end += units;
        }

        return end;
    }

    /// <summary>Whether a character is of a script without spaces between words.</summary>
    private static bool IsLone(Rune rune) => rune.Value is >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;
}
