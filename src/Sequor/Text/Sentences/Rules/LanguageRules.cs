namespace Sequor.Text.Sentences.Rules;

/// <summary>What a language adds to the marks: its abbreviations, and words that tell whether a sentence begins.</summary>
internal sealed class LanguageRules
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _neverEnding;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _mayEnd;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _beforeNumber;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _starters;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _months;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _speechVerbs;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _ordinalLeaders;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _endingByName;

    private readonly string _wordsOfOneLetter;

    /// <summary>Rules from lists of words parted by white space. An entry that begins with a small letter also stands for its form with a capital.</summary>
    public LanguageRules(LanguageWords words)
    {
        _neverEnding = Set(words.NeverEnding, bothCases: true);
        _mayEnd = Set(words.MayEnd, bothCases: true);
        _beforeNumber = Set(words.BeforeNumber, bothCases: true);
        _starters = Set(words.Starters, bothCases: false);
        _months = Set(words.Months, bothCases: true);
        _speechVerbs = Set(words.SpeechVerbs, bothCases: false);
        _ordinalLeaders = Set(words.OrdinalLeaders, bothCases: true);
        _endingByName = Set(words.EndingByName, bothCases: true);
        _wordsOfOneLetter = words.WordsOfOneLetter;
        QuestionMark = words.QuestionMark;
        HasOrdinalStops = words.HasOrdinalStops;
        HasCapitalNouns = words.HasCapitalNouns;
    }

    /// <summary>The language's own question mark.</summary>
    public char QuestionMark { get; }

    /// <summary>Whether a number with a stop may be an ordinal (3. = third).</summary>
    public bool HasOrdinalStops { get; }

    /// <summary>Whether every noun has a capital, so that a capital does not show that a sentence begins.</summary>
    public bool HasCapitalNouns { get; }

    /// <summary>The rules of a language; the general ones where it has none of its own.</summary>
    public static LanguageRules For(string? language)
    {
        string code = language is null ? "" : language.Split('-', '_')[0].ToLowerInvariant();
        return RuleBook.Of(code);
    }

    /// <summary>Whether a sentence never ends behind this abbreviation.</summary>
    public bool NeverEnds(ReadOnlySpan<char> word) => _neverEnding.Contains(word) || (Tail(word) is { IsEmpty: false } tail && _neverEnding.Contains(tail));

    /// <summary>Whether a sentence may end behind this abbreviation.</summary>
    public bool MayEnd(ReadOnlySpan<char> word) => _mayEnd.Contains(word);

    /// <summary>Whether this is an abbreviation where a number follows, and an ordinary word otherwise.</summary>
    public bool StandsBeforeNumber(ReadOnlySpan<char> word) => _beforeNumber.Contains(word);

    /// <summary>Whether a capital behind this abbreviation is enough to begin a sentence, name or not.</summary>
    public bool EndsByName(ReadOnlySpan<char> word) => _endingByName.Contains(word);

    /// <summary>Whether this is a frequent first word of sentences that has a capital nowhere else.</summary>
    public bool BeginsSentence(ReadOnlySpan<char> word) => _starters.Contains(word);

    /// <summary>Whether this is a month's name.</summary>
    public bool IsMonth(ReadOnlySpan<char> word) => _months.Contains(word);

    /// <summary>Whether this word may stand before an ordinal, and hardly before another number.</summary>
    public bool LeadsOrdinal(ReadOnlySpan<char> word) => _ordinalLeaders.Contains(word);

    /// <summary>Whether this says how something was said.</summary>
    public bool IsSpeechVerb(ReadOnlySpan<char> word) => _speechVerbs.Contains(word);

    /// <summary>Whether a letter is a word, and so no initial.</summary>
    public bool IsWordOfOneLetter(char letter) => _wordsOfOneLetter.AsSpan().Contains(letter);

    /// <summary>Of a compound such as Lt-Gen or Dipl.-Ing, the last part.</summary>
    private static ReadOnlySpan<char> Tail(ReadOnlySpan<char> word)
    {
        int hyphen = word.LastIndexOf('-');
        return hyphen < 0 ? [] : word[(hyphen + 1)..];
    }

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words, bool bothCases)
    {
        HashSet<string> set = new(StringComparer.Ordinal);
        foreach (string word in words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            set.Add(word);
            if (bothCases)
                set.Add(char.ToUpperInvariant(word[0]) + word[1..]);
        }

        return set.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
