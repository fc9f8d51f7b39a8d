using System.Text;

namespace Sequor.Text.Training;

/// <summary>Counting and ordering by code point, never by UTF-16 unit.</summary>
internal static class CodePoints
{
    /// <summary>How many code points a text holds.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        foreach (char unit in text)
        {
            if (char.IsLowSurrogate(unit))
                count--;
        }
        return count;
    }

    /// <summary>The code points of a text.</summary>
    public static int[] Of(string text)
    {
        int[] codePoints = new int[Count(text)];
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
            codePoints[index++] = rune.Value;
        return codePoints;
    }

    /// <summary>Orders two texts by code points, which is also the order of their UTF-8 bytes.</summary>
    public static int Compare(string left, string right)
    {
        int shared = Math.Min(left.Length, right.Length);
        for (int i = 0; i < shared; i++)
        {
            if (left[i] != right[i])
                return Lift(left[i]).CompareTo(Lift(right[i]));
        }
        return left.Length.CompareTo(right.Length);
    }

    // In UTF-16 the surrogates of the supplementary planes lie below U+E000; lifted, they lie above U+FFFF.
    private static int Lift(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
