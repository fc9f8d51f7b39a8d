namespace Sequor.Training.Reports.Charts;

/// <summary>Picks the round numbers that stand beside an axis.</summary>
internal static class AxisTicks
{
    /// <summary>Picks multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">The axis' lower end.</param>
    /// <param name="high">The axis' upper end, above <paramref name="low"/>.</param>
    /// <param name="wanted">About how many ticks, 1 or more; up to twice as many or half as many come out.</param>
    /// <returns>Ticks within the axis, rising.</returns>
    public static double[] Linear(double low, double high, int wanted)
    {
        double step = Step(low, high, wanted);
        List<double> ticks = [];

        // A tolerance lets an end that is a multiple but for rounding keep its tick.
        double last = Math.Floor((high / step) + 1e-9);
        for (double multiple = Math.Ceiling((low / step) - 1e-9); multiple <= last; multiple++)
        {
            ticks.Add(Multiple(multiple, step));
        }

        return [.. ticks];
    }

    /// <summary>Picks powers of ten, with their doubles and fives, or all their multiples, where the axis is short.</summary>
    /// <param name="low">The axis' lower end, above 0.</param>
    /// <param name="high">The axis' upper end, above <paramref name="low"/>.</param>
    /// <returns>Ticks within the axis, rising; at most about ten.</returns>
    public static double[] Logarithmic(double low, double high)
    {
        double decades = Math.Log10(high / low);
        if (decades < 0.7)
        {
            return Linear(low, high, 4);
        }

        ReadOnlySpan<double> multiples = decades switch { < 1.5 => [1, 2, 3, 5], < 4 => [1, 3], _ => [1] };
        int everyDecades = Math.Max(1, (int)Math.Ceiling(decades / 8));
        List<double> ticks = [];
        for (int exponent = (int)Math.Floor(Math.Log10(low) - 1e-9); exponent <= Math.Log10(high) + 1e-9; exponent++)
        {
            foreach (double multiple in multiples)
            {
                double tick = multiple * Math.Pow(10, exponent);
                if (exponent % everyDecades == 0 && tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                {
                    ticks.Add(tick);
                }
            }
        }

        return [.. ticks];
    }

    /// <summary>The distance between the ticks of a linear axis: 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">The axis' lower end.</param>
    /// <param name="high">The axis' upper end, above <paramref name="low"/>.</param>
    /// <param name="wanted">About how many ticks, 1 or more.</param>
    /// <returns>The distance, above 0.</returns>
    public static double Step(double low, double high, int wanted)
    {
        double rough = (high - low) / wanted;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double multiple = rough / power;
        return (multiple < 1.5 ? 1 : multiple < 3.5 ? 2 : multiple < 7.5 ? 5 : 10) * power;
    }

    // Adding zero makes of minus zero, which would be written "-0", zero.
    // Dividing by a whole number is exact where multiplying by a tenth is not: 3 * 0.1 is not 0.3, but 3 / 10 is.
    private static double Multiple(double multiple, double step) =>
        0.0 + (step < 1 ? multiple / Math.Round(1 / step) : multiple * step);
}
