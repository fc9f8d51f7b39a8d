using System.Buffers;
using System.Text;

namespace Sequor.Text.Sentences;

/// <summary>Finds where to cut what is too long to be one sentence.</summary>
internal static class LengthLimit
{
    private const int ZeroWidthJoiner = 0x200D;

    private const char WideMarks = '\u3000';

    private static readonly SearchValues<char> _clauseMarks = SearchValues.Create(",;:，、；：،؛—–");

    /// <summary>Cuts once.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the sentence begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="maximumLength">Code points its first part may have, 2 or more.</param>
    /// <param name="cut">Where the first part ends.</param>
    /// <param name="next">Where the rest begins.</param>
    /// <returns>Whether it was too long.</returns>
    public static bool TryCut(string text, int start, int end, int maximumLength, out int cut, out int next)
    {
        int limit = Forward(text, start, end, maximumLength);
        (cut, next) = (end, end);
        if (limit >= end)
            return false;

        next = BehindClause(text, start, limit) ?? BehindSpace(text, start, limit) ?? BetweenCharacters(text, start, limit);
        cut = next;
        while (char.IsWhiteSpace(text[cut - 1]))
            cut--;
        next = Characters.SkipSpaces(text, next, end);
        return next < end;
    }

    private static int Forward(string text, int start, int end, int characters)
    {
        if (end - start <= characters)
            return end;
        int place = start;
        for (int i = 0; i < characters && place < end; i++)
            place += char.IsHighSurrogate(text[place]) && place + 1 < end && char.IsLowSurrogate(text[place + 1]) ? 2 : 1;
        return place;
    }

    // A comma before a digit is part of a number; a clause of less than half the length would leave too short a part.
    private static int? BehindClause(string text, int start, int limit)
    {
        for (int place = limit; place > start + ((limit - start) / 2); place--)
        {
            if (_clauseMarks.Contains(text[place - 1]) && (char.IsWhiteSpace(text[place]) || text[place - 1] >= WideMarks))
                return place;
        }

        return null;
    }

    private static int? BehindSpace(string text, int start, int limit)
    {
        for (int place = limit; place > start + 1; place--)
        {
            if (char.IsWhiteSpace(text[place]) || char.IsWhiteSpace(text[place - 1]))
                return place;
        }

        return null;
    }

    private static int BetweenCharacters(string text, int start, int limit)
    {
        int place = limit;
        while (place > start + 1)
        {
            if (!Characters.ClingsToTheLast(Characters.At(text, place)) && Characters.Before(text, place).Value != ZeroWidthJoiner)
                return place;
            place -= Rune.DecodeLastFromUtf16(text.AsSpan(start, place - start), out _, out int units) == OperationStatus.Done ? units : 1;
        }

        return limit;
    }
}
