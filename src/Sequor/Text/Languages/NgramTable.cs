namespace Sequor.Text.Languages;

/// <summary>Weights of n-grams, a row for each with one weight per language; found by the hash of the n-gram.</summary>
internal sealed class NgramTable
{
    private const uint HashOffset = 2166136261;

    private const uint HashFactor = 16777619;

    /// <summary>What is subtracted from a stored weight, which takes four bits.</summary>
    private const int Offset = 7;

    private readonly uint[] _hashes;

    private readonly int[] _rows;

    private readonly sbyte[] _weights;

    private readonly int _mask;

    /// <summary>A table of rising hashes.</summary>
    /// <param name="hashes">The n-grams' hashes.</param>
    /// <param name="languageCount">Languages, 1 or more.</param>
    /// <param name="packed">For each language the weights of all n-grams, two to a byte, the lower four bits first.</param>
    public NgramTable(uint[] hashes, int languageCount, ReadOnlySpan<byte> packed)
    {
        LanguageCount = languageCount;
        _weights = new sbyte[hashes.Length * languageCount];
        int column = (hashes.Length + 1) / 2;
        for (int i = 0; i < _weights.Length; i++)
        {
            (int row, int language) = Math.DivRem(i, languageCount);
            _weights[i] = (sbyte)(((packed[(language * column) + (row / 2)] >> (4 * (row & 1))) & 0xF) - Offset);
        }

        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(hashes.Length * 2, 2));
        _mask = size - 1;
        (_hashes, _rows) = (new uint[size], new int[size]);
        Array.Fill(_rows, -1);
        for (int row = 0; row < hashes.Length; row++)
        {
            int slot = SlotOf(hashes[row]);
            while (_rows[slot] >= 0)
                slot = (slot + 1) & _mask;
            (_hashes[slot], _rows[slot]) = (hashes[row], row);
        }
    }

    /// <summary>How many weights a row has.</summary>
    public int LanguageCount { get; }

    /// <summary>The weights of an n-gram, in steps of half a nat; none where it has no row.</summary>
    /// <param name="hash">Its hash.</param>
    public ReadOnlySpan<sbyte> RowOf(uint hash)
    {
        int slot = SlotOf(hash);
        while (_rows[slot] >= 0)
        {
            if (_hashes[slot] == hash)
                return _weights.AsSpan(_rows[slot] * LanguageCount, LanguageCount);
            slot = (slot + 1) & _mask;
        }

        return [];
    }

    /// <summary>The hash of nothing, where every n-gram begins.</summary>
    public static uint HashOfNothing => HashOffset;

    /// <summary>The hash of an n-gram with one more character (FNV-1a over code points).</summary>
    public static uint Extend(uint hash, int codePoint) => unchecked((hash ^ (uint)codePoint) * HashFactor);

    // The low bits of FNV alone depend on the low bits of the characters only.
    private int SlotOf(uint hash) => (int)(hash ^ (hash >> 15)) & _mask;
}
