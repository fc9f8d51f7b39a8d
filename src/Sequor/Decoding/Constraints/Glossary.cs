using System.Text;
using Sequor.Text.Unicode;

namespace Sequor.Decoding.Constraints;

/// <summary>A term and what it must be translated to.</summary>
/// <param name="Source">The term, as it stands in sources.</param>
/// <param name="Targets">Its translations, one or more; any of them will do.</param>
public sealed record GlossaryEntry(string Source, IReadOnlyList<string> Targets);

/// <summary>
/// Terms with their translations. Where a source holds a term, between the ends of words, its translation must be written: once for each time. Of terms that begin at
/// the same place the longest counts, and what it covers is not looked at again. Texts that differ in how their characters are composed (é, or e with a mark) are the same.
/// </summary>
public sealed class Glossary
{
    private readonly Dictionary<string, List<Term>> _byFirstWord = new(StringComparer.Ordinal);
    private readonly bool _ignoresCase;

    /// <summary>Makes a glossary.</summary>
    /// <param name="entries">The terms, each once.</param>
    /// <param name="ignoreCase">Whether terms are found in any case. Default false.</param>
    /// <exception cref="ArgumentException">A term is empty, has no translation, or is there twice.</exception>
    public Glossary(IEnumerable<GlossaryEntry> entries, bool ignoreCase = false)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _ignoresCase = ignoreCase;
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (GlossaryEntry entry in entries)
        {
            if (string.IsNullOrWhiteSpace(entry.Source) || entry.Targets.Count == 0)
            {
                throw new ArgumentException("A glossary holds an entry without a term or without a translation; each needs both.", nameof(entries));
            }

            string term = Folded(entry.Source.Trim());
            if (!known.Add(term))
            {
                throw new ArgumentException($"The term '{entry.Source}' stands in the glossary twice{(ignoreCase ? ", case aside" : "")}; put its translations into one entry.", nameof(entries));
            }

            string first = FirstWord(term);
            if (!_byFirstWord.TryGetValue(first, out List<Term>? same))
            {
                _byFirstWord.Add(first, same = []);
            }

            same.Add(new Term(term, entry with { Source = entry.Source.Trim() }));
        }

        foreach (List<Term> same in _byFirstWord.Values)
        {
            same.Sort((left, right) => right.Text.Length.CompareTo(left.Text.Length));
        }

        Count = known.Count;
    }

    /// <summary>The number of terms.</summary>
    public int Count { get; }

    /// <summary>Reads a file: lines <c>term⇥translation</c>, where several translations are parted by <c>|</c>, or a JSON object <c>{"term": "translation"}</c>, where
    /// several translations are an array.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <param name="ignoreCase">Whether terms are found in any case. Default false.</param>
    /// <exception cref="InvalidDataException">The file is no glossary; every fault is named with its line.</exception>
    public static Glossary Load(string path, bool ignoreCase = false) => Parse(File.ReadAllText(path), path, ignoreCase);

    /// <summary>Reads a glossary's text.</summary>
    /// <param name="text">The text, as <see cref="Load"/> reads it.</param>
    /// <param name="name">What it is called in a fault.</param>
    /// <param name="ignoreCase">Whether terms are found in any case. Default false.</param>
    /// <exception cref="InvalidDataException">The text is no glossary; every fault is named with its line.</exception>
    public static Glossary Parse(string text, string name, bool ignoreCase = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new Glossary(GlossaryText.Read(text, name), ignoreCase);
        }
        catch (ArgumentException fault) when (fault.ParamName == "entries")
        {
            throw new InvalidDataException($"{name}: {fault.Message[..fault.Message.IndexOf(" (Parameter", StringComparison.Ordinal)]}", fault);
        }
    }

    /// <summary>What the terms of a source ask of its output, in the order of the source.</summary>
    /// <param name="source">The source.</param>
    public IReadOnlyList<RequiredPhrase> Match(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        List<RequiredPhrase> found = [];
        string text = Folded(source);
        for (int at = 0; at < text.Length;)
        {
            Term? term = IsBoundary(text, at) ? LongestAt(text, at) : null;
            if (term is not null)
            {
                found.Add(new RequiredPhrase(term.Entry.Targets) { SourceTerm = term.Entry.Source });
            }

            at += term?.Text.Length ?? (char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1);
        }

        return found;
    }

    private Term? LongestAt(string text, int at) => _byFirstWord.GetValueOrDefault(FirstWord(text.AsSpan(at)))?.Find(
        term => text.AsSpan(at).StartsWith(term.Text, StringComparison.Ordinal) && IsBoundary(text, at + term.Text.Length));

    // Terms and sources are folded alike, so that those compare as texts which look the same.
    private string Folded(string text)
    {
        string cased = _ignoresCase ? text.ToLowerInvariant() : text;
        if (cased.All(char.IsAscii))
        {
            return cased;
        }

        var composed = new StringBuilder(cased.Length);
        foreach (int codePoint in Normalization.Nfc(cased.EnumerateRunes().Select(rune => rune.Value)))
        {
            composed.Append(char.ConvertFromUtf32(codePoint));
        }

        return composed.ToString();
    }

    private static bool IsBoundary(string text, int at) =>
        at == 0 || at >= text.Length
        || Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out Rune before, out _) != System.Buffers.OperationStatus.Done
        || Rune.DecodeFromUtf16(text.AsSpan(at), out Rune behind, out _) != System.Buffers.OperationStatus.Done
        || !PieceTexts.IsInWord(before) || !PieceTexts.IsInWord(behind);

    /// <summary>The characters of a word that a text begins with, or its first character.</summary>
    private static string FirstWord(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length)
        {
            _ = Rune.DecodeFromUtf16(text[length..], out Rune rune, out int consumed);
            if (!PieceTexts.IsInWord(rune))
            {
                return text[..(length == 0 ? consumed : length)].ToString();
            }

            length += consumed;
        }

        return text.ToString();
    }

    /// <summary>A term as it is looked for, beside the entry that it comes from.</summary>
    private sealed record Term(string Text, GlossaryEntry Entry);
}
