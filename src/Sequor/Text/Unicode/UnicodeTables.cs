using System.Globalization;
using System.IO.Compression;

namespace Sequor.Text.Unicode;

/// <summary>
/// The part of the Unicode Character Database that normalisation and case need, from <c>tables.txt.gz</c>
/// (Unicode 14.0.0; written by <c>tools/unicode/make_tables.py</c>, which explains the lines). Read once, on first use.
/// </summary>
internal sealed class UnicodeTables
{
    private static readonly Lazy<UnicodeTables> _shared = new(() => new UnicodeTables());

    private UnicodeTables()
    {
        using Stream packed = typeof(UnicodeTables).Assembly.GetManifestResourceStream("Sequor.Text.Unicode.tables.txt.gz")!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        _ = reader.ReadLine();
        while (reader.ReadLine() is string line)
        {
            Add(line);
        }
    }

    /// <summary>The tables.</summary>
    public static UnicodeTables Shared => _shared.Value;

    /// <summary>Code points that decompose canonically, one step.</summary>
    public Dictionary<int, int[]> Canonical { get; } = [];

    /// <summary>Code points that decompose for compatibility, one step.</summary>
    public Dictionary<int, int[]> Compatibility { get; } = [];

    /// <summary>Pairs that compose, keyed by <see cref="Pair"/>.</summary>
    public Dictionary<long, int> Compositions { get; } = [];

    /// <summary>Combining classes other than 0.</summary>
    public Dictionary<int, byte> CombiningClasses { get; } = [];

    /// <summary>Lower case where it differs.</summary>
    public Dictionary<int, int[]> Lower { get; } = [];

    /// <summary>Simple case foldings where they differ.</summary>
    public Dictionary<int, int> Folded { get; } = [];

    /// <summary>One key of two code points.</summary>
    public static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private void Add(string line)
    {
        string[] fields = line.Split(' ');
        if (fields[0] == "m")
        {
            byte combiningClass = byte.Parse(fields[1], CultureInfo.InvariantCulture);
            for (int codePoint = Hexadecimal(fields[2]); codePoint <= Hexadecimal(fields[3]); codePoint++)
            {
                CombiningClasses.Add(codePoint, combiningClass);
            }

            return;
        }

        int key = Hexadecimal(fields[1]);
        int[] values = Array.ConvertAll(fields[2..], Hexadecimal);
        switch (fields[0])
        {
            case "c":
                Canonical.Add(key, values);
                Compositions.Add(Pair(values[0], values[1]), key);
                break;
            case "d":
                Canonical.Add(key, values);
                break;
            case "k":
                Compatibility.Add(key, values);
                break;
            case "l":
                Lower.Add(key, values);
                break;
            default:
                Folded.Add(key, values[0]);
                break;
        }
    }

    private static int Hexadecimal(string field) => int.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
