using System.Text;

namespace Sequor.Batching;

/// <summary>A writing system, by the Unicode blocks of its letters (Unicode 16). Japanese is Han, Hiragana and Katakana together.</summary>
public enum Script
{
    /// <summary>Latin letters.</summary>
    Latin,

    /// <summary>Greek letters.</summary>
    Greek,

    /// <summary>Cyrillic letters.</summary>
    Cyrillic,

    /// <summary>Armenian letters.</summary>
    Armenian,

    /// <summary>Hebrew letters.</summary>
    Hebrew,

    /// <summary>Arabic letters, also of Persian and Urdu.</summary>
    Arabic,

    /// <summary>Devanagari, as for Hindi and Marathi.</summary>
    Devanagari,

    /// <summary>Bengali and Assamese letters.</summary>
    Bengali,

    /// <summary>Gurmukhi, as for Punjabi.</summary>
    Gurmukhi,

    /// <summary>Gujarati letters.</summary>
    Gujarati,

    /// <summary>Tamil letters.</summary>
    Tamil,

    /// <summary>Telugu letters.</summary>
    Telugu,

    /// <summary>Kannada letters.</summary>
    Kannada,

    /// <summary>Malayalam letters.</summary>
    Malayalam,

    /// <summary>Sinhala letters.</summary>
    Sinhala,

    /// <summary>Thai letters.</summary>
    Thai,

    /// <summary>Lao letters.</summary>
    Lao,

    /// <summary>Tibetan letters.</summary>
    Tibetan,

    /// <summary>Burmese letters.</summary>
    Myanmar,

    /// <summary>Georgian letters.</summary>
    Georgian,

    /// <summary>Ethiopic letters, as for Amharic.</summary>
    Ethiopic,

    /// <summary>Khmer letters.</summary>
    Khmer,

    /// <summary>Korean letters and syllables.</summary>
    Hangul,

    /// <summary>Japanese Hiragana.</summary>
    Hiragana,

    /// <summary>Japanese Katakana.</summary>
    Katakana,

    /// <summary>Chinese characters, also of Japanese.</summary>
    Han,
}

/// <summary>Which script a letter belongs to.</summary>
internal static class Scripts
{
    // First and last code point of the blocks that hold a script's letters, in rising order.
    private static readonly (int First, int Last, Script Script)[] Blocks =
    [
        (0x0041, 0x024F, Script.Latin), (0x0250, 0x02AF, Script.Latin),
        (0x0370, 0x03FF, Script.Greek), (0x0400, 0x052F, Script.Cyrillic),
        (0x0531, 0x058F, Script.Armenian), (0x0590, 0x05FF, Script.Hebrew),
        (0x0600, 0x06FF, Script.Arabic), (0x0750, 0x077F, Script.Arabic), (0x0860, 0x08FF, Script.Arabic),
        (0x0900, 0x097F, Script.Devanagari), (0x0980, 0x09FF, Script.Bengali),
        (0x0A00, 0x0A7F, Script.Gurmukhi), (0x0A80, 0x0AFF, Script.Gujarati),
        (0x0B80, 0x0BFF, Script.Tamil), (0x0C00, 0x0C7F, Script.Telugu),
        (0x0C80, 0x0CFF, Script.Kannada), (0x0D00, 0x0D7F, Script.Malayalam),
        (0x0D80, 0x0DFF, Script.Sinhala), (0x0E00, 0x0E7F, Script.Thai),
        (0x0E80, 0x0EFF, Script.Lao), (0x0F00, 0x0FFF, Script.Tibetan),
        (0x1000, 0x109F, Script.Myanmar), (0x10A0, 0x10FF, Script.Georgian),
        (0x1100, 0x11FF, Script.Hangul), (0x1200, 0x139F, Script.Ethiopic),
        (0x1780, 0x17FF, Script.Khmer), (0x1C80, 0x1C8F, Script.Cyrillic), (0x1C90, 0x1CBF, Script.Georgian),
        (0x1E00, 0x1EFF, Script.Latin), (0x1F00, 0x1FFF, Script.Greek),
        (0x2C60, 0x2C7F, Script.Latin), (0x2D00, 0x2D2F, Script.Georgian), (0x2D80, 0x2DDF, Script.Ethiopic),
        (0x2DE0, 0x2DFF, Script.Cyrillic), (0x2E80, 0x2FDF, Script.Han), (0x3005, 0x3007, Script.Han),
        (0x3040, 0x309F, Script.Hiragana), (0x30A0, 0x30FF, Script.Katakana), (0x3130, 0x318F, Script.Hangul),
        (0x31F0, 0x31FF, Script.Katakana), (0x3400, 0x4DBF, Script.Han), (0x4E00, 0x9FFF, Script.Han),
        (0xA640, 0xA69F, Script.Cyrillic), (0xA720, 0xA7FF, Script.Latin), (0xA8E0, 0xA8FF, Script.Devanagari),
        (0xA960, 0xA97F, Script.Hangul), (0xA9E0, 0xA9FF, Script.Myanmar), (0xAA60, 0xAA7F, Script.Myanmar),
        (0xAB00, 0xAB2F, Script.Ethiopic), (0xAB30, 0xAB6F, Script.Latin), (0xAC00, 0xD7FF, Script.Hangul),
        (0xF900, 0xFAFF, Script.Han), (0xFB00, 0xFB06, Script.Latin), (0xFB13, 0xFB17, Script.Armenian),
        (0xFB1D, 0xFB4F, Script.Hebrew), (0xFB50, 0xFDFF, Script.Arabic), (0xFE70, 0xFEFF, Script.Arabic),
        (0xFF21, 0xFF5A, Script.Latin), (0xFF66, 0xFF9D, Script.Katakana), (0xFFA0, 0xFFDC, Script.Hangul),
        (0x1B000, 0x1B16F, Script.Hiragana), (0x20000, 0x323AF, Script.Han),
    ];

    /// <summary>The share of the letters of a text that belong to some of the scripts, 0 to 1; 1 for a text without letters.</summary>
    internal static double Share(string text, IReadOnlyList<Script> scripts)
    {
        int letters = 0;
        int expected = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
                continue;
            letters++;
            if (Of(rune) is Script script && scripts.Contains(script))
                expected++;
        }

        return letters == 0 ? 1 : (double)expected / letters;
    }

    internal static Script? Of(Rune letter)
    {
        int low = 0;
        int high = Blocks.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            (int first, int last, Script script) = Blocks[middle];
            if (letter.Value < first)
                high = middle - 1;
            else if (letter.Value > last)
                low = middle + 1;
            else
                return script;
        }

        return null;
    }
}
