using System.Text;
using Sequor.Text.Sentences.Rules;

namespace Sequor.Text.Sentences;

/// <summary>Says whether marks end a sentence, from what stands on both sides of them.</summary>
/// <param name="text">The text.</param>
/// <param name="start">Where the line begins.</param>
/// <param name="end">Where the line ends.</param>
/// <param name="rules">The language.</param>
/// <param name="hasUpperCase">Whether the line has capitals.</param>
internal sealed class EndMarkJudge(string text, int start, int end, LanguageRules rules, bool hasUpperCase)
{
    private readonly StopJudge _stops = new(text, start, end, rules);

    /// <summary>Whether a sentence ends.</summary>
    /// <param name="mark">The first of the marks.</param>
    /// <param name="behind">The place behind all of them and the closing quotes; before the line's end.</param>
    public bool Ends(int mark, int behind)
    {
        if (Characters.HasWideEndMark(text.AsSpan(mark, behind - mark)))
            return EndsWide(mark, behind);
        return char.IsWhiteSpace(text[behind]) ? EndsSpaced(mark, behind) : EndsClose(mark, behind);
    }

    private bool EndsWide(int mark, int behind)
    {
        char next = text[behind];
        bool quoted = !Characters.IsEndMark(text[behind - 1]);
        if (Characters.IsJoiner(next) || (text[mark] == '．' && char.IsDigit(next)))
            return false;
        return !quoted || !(Quotations.GoesOnInKana(next) || Quotations.GoesOnInChinese(text.AsSpan(behind, end - behind)));
    }

    /// <summary>Half-width marks of Chinese and Japanese text, which has no spaces behind them.</summary>
    private bool EndsClose(int mark, int behind)
    {
        while (mark > start && text[mark - 1] == ' ')
            mark--;
        return mark > start && text[mark] != '…' && Characters.IsUnspaced(Characters.Before(text, mark))
            && (Characters.IsUnspaced(Characters.At(text, behind)) || Characters.IsWideOpener(text[behind]));
    }

    private bool EndsSpaced(int mark, int behind)
    {
        int word = behind;
        while (word < end && (char.IsWhiteSpace(text[word]) || Characters.IsOpener(text[word])))
            word++;
        if (word >= end)
            return true;
        if (Characters.IsJoiner(text[word]))
            return false;

        Rune first = Characters.At(text, word);
        if (Rune.IsLower(first) && hasUpperCase)
            return false;
        bool opened = word > Characters.SkipSpaces(text, behind, end);
        return text[mark] == '.' && text[mark + 1] != '.'
            ? _stops.Ends(mark, word, opened)
            : !IsQuotation(mark, behind) || !Quotations.GoesOn(text, word, end, rules);
    }

    private bool IsQuotation(int mark, int behind) => behind > mark + 1 && text[behind - 1] is '"' or '”' or '’' or '\'' or '»' or '«' or '“' or '‟';
}
