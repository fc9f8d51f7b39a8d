using System.Buffers;
using Sequor.Text.Sentences.Rules;

namespace Sequor.Text.Sentences;

/// <summary>Quotations that end with a mark while the sentence around them goes on.</summary>
internal static class Quotations
{
    private const int LongestChineseTag = 12;

    private static readonly SearchValues<char> _kanaParticles = SearchValues.Create("とがをにのもはっ");

    private static readonly SearchValues<char> _chineseSpeech = SearchValues.Create("说說道问問喊叫答想嚷吼笑哭");

    private static readonly SearchValues<char> _chineseClauseEnds = SearchValues.Create("，。：！？；、,.:!?“「『");

    /// <summary>「はい。」と言った: a particle follows.</summary>
    /// <param name="next">What stands close behind the quote.</param>
    public static bool GoesOnInKana(char next) => _kanaParticles.Contains(next);

    /// <summary>“好。”她说。: the next clause is short and ends with how it was said.</summary>
    /// <param name="rest">The line from behind the quote.</param>
    public static bool GoesOnInChinese(ReadOnlySpan<char> rest)
    {
        rest = rest[..Math.Min(rest.Length, LongestChineseTag + 1)];
        int end = rest.IndexOfAny(_chineseClauseEnds);
        ReadOnlySpan<char> clause = end < 0 ? rest : rest[..end];
        return clause.Length is > 0 and <= LongestChineseTag && _chineseSpeech.Contains(clause[^1]);
    }

    /// <summary>"Really?" Tom asked.: a name, and how it was said.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where the word behind the quote begins.</param>
    /// <param name="end">Where the line ends.</param>
    /// <param name="rules">The language.</param>
    public static bool GoesOn(string text, int place, int end, LanguageRules rules)
    {
        const int wordsToLookAt = 3;
        for (int i = 0; i < wordsToLookAt && place < end; i++)
        {
            ReadOnlySpan<char> word = Characters.WordAt(text, place, end);
            if (word.IsEmpty)
                return false;
            if (i > 0 && rules.IsSpeechVerb(word))
                return true;
            place += word.Length;
            if (place >= end || text[place] != ' ')
                return false;
            place++;
        }

        return false;
    }
}
