namespace Sequor.Scoring;

/// <summary>
/// The random numbers of resampling: SplitMix64 (Steele, Lea and Flood 2014). The same seed gives the same samples on every machine; they are not numpy's.
/// </summary>
internal struct ResamplingRandom(ulong seed)
{
    private ulong _state = seed;

    internal ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to below a limit; the bias is under limit / 2^64.</summary>
    internal int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);
}
