namespace Sequor.Text.Unicode;

/// <summary>Hangul syllables and their letters (jamo); arithmetic instead of tables (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    /// <summary>The first syllable.</summary>
    public const int FirstSyllable = 0xAC00;

    /// <summary>How many syllables there are.</summary>
    public const int SyllableCount = LeadCount * VowelCount * TailCount;

    private const int FirstLead = 0x1100;
    private const int LeadCount = 19;
    private const int FirstVowel = 0x1161;
    private const int VowelCount = 21;

    /// <summary>The place before the first tail, which stands for none.</summary>
    private const int NoTail = 0x11A7;
    private const int TailCount = 28;

    /// <summary>Appends the letters of a syllable; false when the code point is none.</summary>
    public static bool TryDecompose(int codePoint, List<int> letters)
    {
        int index = codePoint - FirstSyllable;
        if ((uint)index >= SyllableCount)
        {
            return false;
        }

        letters.Add(FirstLead + (index / (VowelCount * TailCount)));
        letters.Add(FirstVowel + (index / TailCount % VowelCount));
        if (index % TailCount != 0)
        {
            letters.Add(NoTail + (index % TailCount));
        }

        return true;
    }

    /// <summary>The syllable of a lead and a vowel, or of a syllable without tail and a tail; -1 when they make none.</summary>
    public static int Compose(int first, int second)
    {
        int lead = first - FirstLead;
        int vowel = second - FirstVowel;
        if ((uint)lead < LeadCount && (uint)vowel < VowelCount)
        {
            return FirstSyllable + (((lead * VowelCount) + vowel) * TailCount);
        }

        int syllable = first - FirstSyllable;
        int tail = second - NoTail;
        bool takesTail = (uint)syllable < SyllableCount && syllable % TailCount == 0 && tail is > 0 and < TailCount;
        return takesTail ? first + tail : -1;
    }
}
