namespace Sequor.Text.Unicode;

/// <summary>The normal forms of Unicode Standard Annex 15, over the tables we carry.</summary>
internal static class Normalization
{
    /// <summary>NFC of code points.</summary>
    public static List<int> Nfc(IEnumerable<int> text) => Compose(Decompose(text, compatibility: false));

    /// <summary>NFKC of code points.</summary>
    public static List<int> Nfkc(IEnumerable<int> text) => Compose(Decompose(text, compatibility: true));

    /// <summary>NFD or NFKD of code points.</summary>
    public static List<int> Decompose(IEnumerable<int> text, bool compatibility)
    {
        var decomposed = new List<int>();
        foreach (int codePoint in text)
        {
            Decompose(codePoint, compatibility, decomposed);
        }

        Order(decomposed);
        return decomposed;
    }

    private static void Decompose(int codePoint, bool compatibility, List<int> output)
    {
        UnicodeTables tables = UnicodeTables.Shared;
        if (tables.Canonical.TryGetValue(codePoint, out int[]? parts) ||
            (compatibility && tables.Compatibility.TryGetValue(codePoint, out parts)))
        {
            foreach (int part in parts)
            {
                Decompose(part, compatibility, output);
            }
        }
        else if (!Hangul.TryDecompose(codePoint, output))
        {
            output.Add(codePoint);
        }
    }

    /// <summary>Sorts every run of marks by class, keeping the order within a class.</summary>
    private static void Order(List<int> text)
    {
        for (int i = 1; i < text.Count; i++)
        {
            int codePoint = text[i];
            byte combiningClass = ClassOf(codePoint);
            int place = i;
            while (combiningClass != 0 && place > 0 && ClassOf(text[place - 1]) > combiningClass)
            {
                text[place] = text[place - 1];
                place--;
            }

            text[place] = codePoint;
        }
    }

    private static List<int> Compose(List<int> text)
    {
        var composed = new List<int>(text.Count);
        int starter = -1;
        int lastClass = -1;
        foreach (int codePoint in text)
        {
            int combiningClass = ClassOf(codePoint);
            int whole = starter >= 0 && lastClass < combiningClass ? Whole(composed[starter], codePoint) : -1;
            if (whole >= 0)
            {
                composed[starter] = whole;
                continue;
            }

            // A starter may only take up what stands next to it; a mark blocks all later marks of its own class.
            starter = combiningClass == 0 ? composed.Count : starter;
            lastClass = combiningClass == 0 ? -1 : combiningClass;
            composed.Add(codePoint);
        }

        return composed;
    }

    private static int Whole(int first, int second) =>
        UnicodeTables.Shared.Compositions.TryGetValue(UnicodeTables.Pair(first, second), out int whole)
            ? whole
            : Hangul.Compose(first, second);

    private static byte ClassOf(int codePoint) => UnicodeTables.Shared.CombiningClasses.GetValueOrDefault(codePoint);
}
