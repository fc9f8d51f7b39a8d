namespace Sequor.Batching;

/// <summary>
/// Random numbers without a state: each is a function of its key and its counter, so any of them can be had again
/// without drawing those before it. The mixer is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
/// </summary>
internal static class KeyedRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>What a key is for, so that two uses of one seed never share numbers.</summary>
    internal enum Purpose : ulong
    {
        EpochOrder = 1,
        PoolOrder = 2,
        BatchOrder = 3,
        CorpusWeight = 4,
        SubwordSampling = 5,
        HoldOut = 6,
    }

    internal static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    internal static ulong Key(ulong seed, Purpose purpose, long first = 0, long second = 0)
    {
        ulong key = Mix(seed + GoldenGamma);
        key = Mix(key ^ ((ulong)purpose * GoldenGamma));
        key = Mix(key + ((ulong)first * GoldenGamma));
        return Mix(key + GoldenGamma + ((ulong)second * 0xD1B54A32D192ED03));
    }

    /// <summary>64 random bits for one counter under a key.</summary>
    internal static ulong Draw(ulong key, ulong counter) => Mix(key + ((counter + 1) * GoldenGamma));

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    internal static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>Fisher and Yates, back to front; every order is reached from some key.</summary>
    internal static void Shuffle<T>(Span<T> items, ulong key)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            // The high half of bits × range is uniform to within range / 2^64.
            int other = (int)Math.BigMul(Draw(key, (ulong)last), (ulong)last + 1, out _);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }
}
