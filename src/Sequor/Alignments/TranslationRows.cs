namespace Sequor.Alignments;

/// <summary>
/// The translations of every given word: a row of open-addressed slots for each, found by the number of the word that is written. Row 0 is that of the
/// empty word, row w + 1 that of word w.
/// </summary>
internal sealed class TranslationRows
{
    private const int FirstSlots = 4;
    private const ulong Spread = 11400714819323198485;

    private readonly TranslationEntry[][] _rows;
    private readonly int[] _used;

    internal TranslationRows(int givenWords)
    {
        _rows = new TranslationEntry[givenWords + 1][];
        _used = new int[givenWords + 1];
        Array.Fill(_rows, []);
    }

    /// <summary>Rows, that of the empty word included.</summary>
    internal int Count => _rows.Length;

    /// <summary>All slots of a row, free ones too.</summary>
    internal TranslationEntry[] this[int row] => _rows[row];

    /// <summary>How many translations a row has.</summary>
    internal int SizeOf(int row) => _used[row];

    /// <summary>The slot of a word in a row, or -1.</summary>
    internal static int Find(TranslationEntry[] slots, int written)
    {
        if (slots.Length == 0)
            return -1;
        int mask = slots.Length - 1;
        for (int at = Place(written + 1, mask); ; at = (at + 1) & mask)
        {
            int key = slots[at].Key;
            if (key == written + 1)
                return at;
            if (key == 0)
                return -1;
        }
    }

    /// <summary>The slot of a word in a row, which is made where it is missing. One thread at a time for a row.</summary>
    internal ref TranslationEntry Add(int row, int written)
    {
        TranslationEntry[] slots = _rows[row];
        int found = Find(slots, written);
        if (found >= 0)
            return ref slots[found];

        // A third of the slots stays free, so that a look-up ends soon.
        if (3 * (_used[row] + 1) > 2 * slots.Length)
            slots = _rows[row] = Grown(slots);
        _used[row]++;
        ref TranslationEntry free = ref slots[FreePlace(slots, written + 1)];
        free.Key = written + 1;
        return ref free;
    }

    private static TranslationEntry[] Grown(TranslationEntry[] slots)
    {
        TranslationEntry[] grown = new TranslationEntry[Math.Max(FirstSlots, slots.Length * 2)];
        foreach (TranslationEntry entry in slots)
        {
            if (entry.Key != 0)
                grown[FreePlace(grown, entry.Key)] = entry;
        }

        return grown;
    }

    private static int FreePlace(TranslationEntry[] slots, int key)
    {
        int mask = slots.Length - 1;
        int at = Place(key, mask);
        while (slots[at].Key != 0)
            at = (at + 1) & mask;
        return at;
    }

    private static int Place(int key, int mask) => (int)((ulong)key * Spread >> 33) & mask;
}
