namespace Sequor.Tensors.Autograd;

/// <summary>Keys for counter-based random numbers: a key names a place, so that no choice depends on the order in which places are visited.</summary>
public static class RandomKeys
{
    /// <summary>Mixes two numbers into one of 64 well-spread bits (the finaliser of SplitMix64, Steele et al. 2014).</summary>
    /// <param name="key">The key so far.</param>
    /// <param name="value">What to mix in.</param>
    public static ulong Mix(ulong key, ulong value)
    {
        ulong z = key + (0x9E3779B97F4A7C15 * (value + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    /// <param name="key">The place's key.</param>
    public static double Uniform(ulong key) => (Mix(key, 0) >> 11) * (1.0 / (1UL << 53));

    internal static uint Site(ulong seed, long update, uint site) => (uint)(Mix(Mix(Mix(seed, 1), (ulong)update), site) >> 32);

    internal static uint Row(long sentenceNumber, int position) => (uint)(Mix(Mix(2, (ulong)sentenceNumber), (ulong)position) >> 32);

    /// <summary>The key of a whole sentence, for choices that are the same at every position.</summary>
    internal static uint Sentence(long sentenceNumber) => (uint)(Mix(3, (ulong)sentenceNumber) >> 32);
}
