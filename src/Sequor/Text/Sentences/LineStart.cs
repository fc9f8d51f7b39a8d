using System.Buffers;
using Sequor.Text.Sentences.Rules;

namespace Sequor.Text.Sentences;

/// <summary>What stands before the first word of a line and is no part of a sentence: indentation, marks of quotation, bullets, numbers of a list.</summary>
internal static class LineStart
{
    private const int MostDigits = 3;

    private const int MostLetters = 4;

    private static readonly SearchValues<char> _bullets = SearchValues.Create("-*+•‣◦▪▫●○■□►▸▶–—―·⁃∙－・");

    /// <summary>The place behind all of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the line begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="rules">The language.</param>
    public static int Skip(string text, int start, int end, LanguageRules rules)
    {
        int place = Characters.SkipSpaces(text, start, end);
        int before = -1;
        while (place != before)
        {
            before = place;
            place = Characters.SkipSpaces(text, SkipMark(text, place, end), end);
        }

        int behind = place < end ? SkipNumber(text, place, end, rules) : place;
        return behind < end && char.IsWhiteSpace(text[behind]) ? Characters.SkipSpaces(text, behind, end) : place;
    }

    private static int SkipMark(string text, int place, int end)
    {
        if (place < end && text[place] == '>')
            return place + 1;
        int behind = place;
        if (place < end && _bullets.Contains(text[place]))
            behind = place + 1;
        else if (place < end && text[place] == '#')
            behind = SkipRun(text, place, end, unit => unit == '#');
        else if (end - place > 3 && text[place] == '[' && text[place + 1] is ' ' or 'x' or 'X' && text[place + 2] == ']')
            behind = place + 3;
        return behind < end && char.IsWhiteSpace(text[behind]) ? behind : place;
    }

    /// <summary>1. 1) (1) 1.2. a) iv): but no year, no lone letter with a stop, and no German date.</summary>
    private static int SkipNumber(string text, int place, int end, LanguageRules rules)
    {
        bool opened = text[place] == '(';
        int first = opened ? place + 1 : place;
        int behind = SkipRun(text, first, end, char.IsAsciiDigit);
        bool isNumber = behind > first;
        while (isNumber && !opened && behind + 1 < end && text[behind] == '.' && char.IsAsciiDigit(text[behind + 1]))
            behind = SkipRun(text, behind + 1, end, char.IsAsciiDigit);
        if (!isNumber)
            behind = SkipRun(text, first, end, char.IsAsciiLetterLower);
        ReadOnlySpan<char> mark = text.AsSpan(first, behind - first);
        bool isMark = isNumber ? mark.Length <= MostDigits || mark.Contains('.') : IsListLetter(mark);
        if (!isMark || behind >= end)
            return place;
        if (text[behind] == ')')
            return behind + 1;
        return isNumber && !opened && text[behind] == '.' && !IsDate(text, behind + 1, end, rules) ? behind + 1 : place;
    }

    /// <summary>Whether behind a day and its stop a month follows, as in 3. Mai and 3. 5. 2010.</summary>
    private static bool IsDate(string text, int place, int end, LanguageRules rules)
    {
        int word = Characters.SkipSpaces(text, place, end);
        if (rules.IsMonth(Characters.WordAt(text, word, end)))
            return true;
        int behind = SkipRun(text, word, end, char.IsAsciiDigit);
        return rules.HasOrdinalStops && behind > word && behind < end && text[behind] == '.';
    }

    private static bool IsListLetter(ReadOnlySpan<char> letters) =>
        letters.Length == 1 || (letters.Length is > 1 and <= MostLetters && letters.IndexOfAnyExcept("ivx") < 0);

    private static int SkipRun(string text, int place, int end, Func<char, bool> belongs)
    {
        while (place < end && belongs(text[place]))
            place++;
        return place;
    }
}
