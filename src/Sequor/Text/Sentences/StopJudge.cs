using Sequor.Text.Sentences.Rules;

namespace Sequor.Text.Sentences;

/// <summary>Says whether a single full stop ends a sentence or belongs to an abbreviation, an initial or a number.</summary>
/// <param name="text">The text.</param>
/// <param name="start">Where the line begins.</param>
/// <param name="end">Where the line ends.</param>
/// <param name="rules">The language.</param>
internal sealed class StopJudge(string text, int start, int end, LanguageRules rules)
{
    private const int LongestAbbreviation = 24;

    private const int MostOrdinalDigits = 3;

    /// <summary>Whether a sentence ends.</summary>
    /// <param name="stop">The stop.</param>
    /// <param name="place">Where the word behind it begins, or a symbol.</param>
    /// <param name="opened">Whether a quote, bracket or dash stands before that word.</param>
    public bool Ends(int stop, int place, bool opened)
    {
        ReadOnlySpan<char> word = WordBefore(stop);
        ReadOnlySpan<char> next = Characters.WordAt(text, place, end);
        bool begins = next.IsEmpty || (rules.BeginsSentence(next) && !IsInitial(place, next));
        if (word.IsEmpty)
            return true;
        if (char.IsAsciiDigit(word[^1]) && word.IndexOfAnyExceptInRange('0', '9') < 0)
            return NumberEnds(stop - word.Length, stop, next, begins);
        if (rules.NeverEnds(word))
            return false;
        if (rules.StandsBeforeNumber(word) && (word.Length > 1 || IsNumber(next)))
            return !IsNumber(next);
        if (rules.MayEnd(word) || IsDotted(word))
            return begins || rules.EndsByName(word);
        if (word.Length == 1 && char.IsLetter(word[0]))
            return begins || rules.IsWordOfOneLetter(word[0]) || IsEndOfWord(stop);
        return !(rules.HasOrdinalStops && IsRoman(word)) || begins || opened;
    }

    /// <summary>German writes ordinals with a stop, and nouns behind them with a capital; but an article or the like stands before them.</summary>
    private bool NumberEnds(int number, int stop, ReadOnlySpan<char> next, bool begins)
    {
        if (!rules.HasOrdinalStops || stop - number > MostOrdinalDigits)
            return true;
        if (char.IsAsciiDigit(next.IsEmpty ? ' ' : next[0]) || rules.IsMonth(next))
            return false;
        return begins || !rules.HasCapitalNouns || !rules.LeadsOrdinal(WordBefore(number - 1));
    }

    /// <summary>Whether a word is one letter with a stop, as in J. R. Jones.</summary>
    private bool IsInitial(int place, ReadOnlySpan<char> word) => word.Length == 1 && place + 1 < end && text[place + 1] == '.';

    /// <summary>Whether the letter before a stop is the end of something longer: Tom's, www.example.org/a.</summary>
    private bool IsEndOfWord(int stop) => stop - 2 > start
        && (text[stop - 2] is '/' or '=' or '_' or '#' || (char.IsLower(text[stop - 1]) && text[stop - 2] is '\'' or '’' or '‘'));

    /// <summary>What stands close before the stop, without quotes, brackets and, as in French, an article with an apostrophe.</summary>
    private ReadOnlySpan<char> WordBefore(int stop)
    {
        int first = stop;
        int least = Math.Max(start, stop - LongestAbbreviation);
        if (stop <= start)
            return [];
        while (first > least && IsInAbbreviation(text[first - 1]))
            first--;
        return text.AsSpan(first, stop - first).TrimStart('.');
    }

    private static bool IsInAbbreviation(char unit) => char.IsLetterOrDigit(unit) || char.IsSurrogate(unit) || unit is '.' or '-' or '&';

    /// <summary>U.S, Ph.D, z.B, J.-C: parts of one or two letters.</summary>
    private static bool IsDotted(ReadOnlySpan<char> word)
    {
        if (!word.Contains('.') || !char.IsLetter(word[0]))
            return false;
        int run = 0;
        foreach (char unit in word)
        {
            run = unit is '.' or '-' ? 0 : run + 1;
            if (run > 2 || char.IsDigit(unit))
                return false;
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> word) => !word.IsEmpty && (char.IsDigit(word[0]) || (word.Length > 1 && IsRoman(word)));

    private static bool IsRoman(ReadOnlySpan<char> word) => !word.IsEmpty && word.IndexOfAnyExcept("IVX") < 0;
}
