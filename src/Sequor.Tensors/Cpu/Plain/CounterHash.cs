namespace Sequor.Tensors.Cpu.Plain;

/// <summary>
/// Random bits without a state: element (row, site, column) has its own 32 bits, whoever asks and in whatever order.
/// A row draws a start and an odd step from its two keys; its columns walk in that step, so that two rows never see the same run shifted;
/// each place is then mixed by two multiplications and three shifts.
/// </summary>
/// <param name="Start">The place of column 0.</param>
/// <param name="Step">From one column to the next, odd.</param>
internal readonly record struct CounterHash(uint Start, uint Step)
{
    // Multipliers and shifts with low bias, found by search: C. Wellons, "Prospecting for Hash Functions" (2018), lowbias32.
    internal const uint FirstMultiplier = 0x7FEB352D;
    internal const uint SecondMultiplier = 0x846CA68B;

    /// <summary>The walk of one row at one site.</summary>
    internal static CounterHash OfRow(uint rowKey, uint siteKey)
    {
        // The finaliser of SplitMix64 (Steele, Lea, Flood 2014); the golden-ratio constant keeps the keys (0, 0) from staying 0.
        ulong z = (((ulong)siteKey << 32) | rowKey) + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return new CounterHash((uint)z, (uint)(z >> 32) | 1);
    }

    /// <summary>The 32 bits of one column.</summary>
    internal uint At(uint column)
    {
        uint x = Start + (column * Step);
        x = (x ^ (x >> 16)) * FirstMultiplier;
        x = (x ^ (x >> 15)) * SecondMultiplier;
        return x ^ (x >> 16);
    }

    /// <summary>Hashes below this drop their element: round(p × 2^32).</summary>
    internal static uint Threshold(float probability) => (uint)Math.Min(Math.Round(probability * 4294967296.0), uint.MaxValue);

    /// <summary>The factor on what is kept, so that the expectation stays: 1 / (1 - p).</summary>
    internal static float KeptScale(float probability) => 1 / (1 - probability);
}
