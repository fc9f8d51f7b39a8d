namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Normal numbers that are computed from a place, never stored, in the way of dropout's masks.</summary>
internal static class Noise
{
    // What separates the walk of the second uniform number from that of the first.
    internal const uint SecondSite = 0x9E3779B9;

    internal static void Add(Span<float> x, float deviation, int width, ReadOnlySpan<uint> rowKeys, uint siteKey)
    {
        for (int i = 0; i < x.Length; i++)
        {
            uint row = rowKeys[i / width];
            uint radius = CounterHash.OfRow(row, siteKey).At((uint)(i % width));
            uint angle = CounterHash.OfRow(row, siteKey ^ SecondSite).At((uint)(i % width));
            x[i] += deviation * Normal(radius, angle);
        }
    }

    /// <summary>A standard normal number from two times 32 random bits (Box and Muller 1958).</summary>
    internal static float Normal(uint radius, uint angle)
    {
        // Half a unit keeps the logarithm's argument above 0; double precision, because the tail needs all 32 bits.
        double uniform = (radius + 0.5) / 4294967296.0;
        double turn = angle / 4294967296.0;
        return (float)(Math.Sqrt(-2 * Math.Log(uniform)) * Math.Cos(2 * Math.PI * turn));
    }
}
