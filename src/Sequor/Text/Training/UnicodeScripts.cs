namespace Sequor.Text.Training;

/// <summary>The script (writing system) of a code point, for rules about which characters may share a piece.</summary>
internal static class UnicodeScripts
{
    /// <summary>Punctuation, digits, symbols, and code points that no script owns.</summary>
    public const byte Common = 0;

    /// <summary>Marks that take the script of the letter before them.</summary>
    public const byte Inherited = 1;

    /// <summary>Chinese characters.</summary>
    public const byte Han = 2;

    /// <summary>The rounder Japanese syllabary.</summary>
    public const byte Hiragana = 3;

    /// <summary>The angular Japanese syllabary.</summary>
    public const byte Katakana = 4;

    /// <summary>The number of the script of a code point, 0 to 255; equal numbers mean equal scripts.</summary>
    public static byte Of(int codePoint)
    {
        ReadOnlySpan<uint> runs = UnicodeScriptTable.Runs;
        uint key = ((uint)codePoint << 8) | 0xFF;
        int low = 0;
        int high = runs.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (runs[middle] <= key)
                low = middle;
            else
                high = middle - 1;
        }
        return (byte)runs[low];
    }
}
