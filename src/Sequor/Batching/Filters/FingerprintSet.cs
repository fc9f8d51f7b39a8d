using System.Numerics;

namespace Sequor.Batching;

/// <summary>
/// Remembers 64-bit fingerprints up to a bound, in a table with open places. Two different texts share a fingerprint
/// with probability 2^-64: among 16 million texts some pair does with a probability below one in 100,000.
/// </summary>
internal sealed class FingerprintSet(int bound)
{
    private ulong[] _places = new ulong[1024];
    private int _count;

    /// <summary>Whether the bound was reached, so that later fingerprints were compared and not remembered.</summary>
    internal bool IsFull => _count >= bound;

    /// <summary>True when the fingerprint was not there; remembers it while there is room.</summary>
    internal bool Add(ulong fingerprint)
    {
        // Zero marks an open place.
        fingerprint = fingerprint == 0 ? 1 : fingerprint;
        int place = Find(_places, fingerprint);
        if (_places[place] != 0)
            return false;
        if (IsFull)
            return true;
        _places[place] = fingerprint;
        if (++_count * 2L > _places.Length)
            Grow();
        return true;
    }

    /// <summary>A hash of two texts in their order: FNV-1a over the UTF-16 units, with an impossible unit between them, then mixed.</summary>
    internal static ulong Of(string first, string second)
    {
        const ulong prime = 0x100000001B3;
        ulong hash = 0xCBF29CE484222325;
        foreach (char unit in first)
            hash = (hash ^ unit) * prime;
        hash = (hash ^ 0x10000) * prime;
        foreach (char unit in second)
            hash = (hash ^ unit) * prime;
        return KeyedRandom.Mix(hash);
    }

    private static int Find(ulong[] places, ulong fingerprint)
    {
        int mask = places.Length - 1;
        int place = (int)fingerprint & mask;
        while (places[place] != 0 && places[place] != fingerprint)
            place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        ulong[] larger = new ulong[BitOperations.RoundUpToPowerOf2((uint)_places.Length + 1)];
        foreach (ulong fingerprint in _places)
        {
            if (fingerprint != 0)
                larger[Find(larger, fingerprint)] = fingerprint;
        }

        _places = larger;
    }
}
