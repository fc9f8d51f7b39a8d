namespace Sequor.Text.Segmentation;

/// <summary>Random numbers that follow from a key alone (SplitMix64; Steele, Lea and Flood 2014).</summary>
internal struct KeyedRandom(ulong key)
{
    private ulong _state = key;

    /// <summary>A number of 0 or more and below 1, of 53 random bits.</summary>
    public double NextDouble()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
