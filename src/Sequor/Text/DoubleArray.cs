using System.Buffers.Binary;

namespace Sequor.Text;

/// <summary>
/// A trie over bytes in the layout of Darts-clone (Aoe 1989; Yata 2008), the one inside SentencePiece's character maps.
/// A unit is 32 bits: bit 31 marks a value; else bits 0 to 7 are the label, bit 8 says that a value hangs below, and
/// bits 9 to 30 hold the distance to the children (bit 9: the distance in the bits above is to be taken times 256).
/// </summary>
internal sealed class DoubleArray
{
    private readonly uint[] _units;

    /// <summary>A trie over finished units.</summary>
    public DoubleArray(uint[] units) => _units = units;

    /// <summary>The units, as they lie in a file.</summary>
    public ReadOnlySpan<uint> Units => _units;

    /// <summary>Reads little-endian units.</summary>
    public static DoubleArray FromBytes(ReadOnlySpan<byte> bytes)
    {
        uint[] units = new uint[bytes.Length / sizeof(uint)];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
        }

        return new DoubleArray(units);
    }

    /// <summary>The length of the longest entry that the text begins with, 0 when there is none.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="value">The value of that entry, -1 when there is none.</param>
    public int LongestPrefix(ReadOnlySpan<byte> text, out int value)
    {
        value = -1;
        int longest = 0;
        uint node = Root;
        for (int i = 0; i < text.Length && Step(ref node, text[i], out int found); i++)
        {
            if (found >= 0)
            {
                longest = i + 1;
                value = found;
            }
        }

        return longest;
    }

    /// <summary>Whether any entry begins with this text.</summary>
    public bool HasPath(ReadOnlySpan<byte> text)
    {
        uint node = Root;
        foreach (byte label in text)
        {
            if (!Step(ref node, label, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where every walk begins; a trie without units has no steps to take.</summary>
    public uint Root => _units.Length == 0 ? 0 : Offset(_units[0]);

    /// <summary>Walks along one byte.</summary>
    /// <param name="node">Where the walk stands; moved when there is such a child.</param>
    /// <param name="label">The byte; NUL closes keys and so begins none.</param>
    /// <param name="value">The value of the entry that ends here, -1 when none does.</param>
    /// <returns>False when no entry goes on with this byte.</returns>
    public bool Step(ref uint node, byte label, out int value)
    {
        value = -1;
        uint[] units = _units;
        uint position = node ^ label;
        if (position >= (uint)units.Length || label == 0)
        {
            return false;
        }

        uint unit = units[position];
        if ((unit & 0x800000FFu) != label)
        {
            return false;
        }

        node = position ^ Offset(unit);
        if ((unit & 0x100u) != 0 && node < (uint)units.Length)
        {
            value = (int)(units[node] & 0x7FFFFFFFu);
        }

        return true;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200u) >> 6);
}
