namespace Sequor.Training.Reports.Charts;

/// <summary>Places values along an axis from 0, its lower end, to 1, its upper end.</summary>
internal sealed record AxisScale
{
    private AxisScale(double low, double high, bool isLogarithmic) => (Low, High, IsLogarithmic) = (low, high, isLogarithmic);

    /// <summary>The value at the lower end.</summary>
    public double Low { get; }

    /// <summary>The value at the upper end, above <see cref="Low"/>.</summary>
    public double High { get; }

    /// <summary>Whether equal steps along the axis are equal factors.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Makes an axis of equal steps that holds all finite values.</summary>
    /// <param name="values">The values; those that are not finite do not count.</param>
    /// <param name="fromZero">Whether the axis begins at 0 where no value is below it.</param>
    /// <param name="roundEnds">About how many ticks the ends are rounded out for; 0 leaves them at the values.</param>
    /// <returns>The axis; from 0 to 1 where there is no value.</returns>
    public static AxisScale Linear(IEnumerable<double> values, bool fromZero = false, int roundEnds = 0)
    {
        if (Range(values.Where(double.IsFinite)) is not var (low, high))
        {
            return new AxisScale(0, 1, isLogarithmic: false);
        }

        low = fromZero ? Math.Min(0, low) : low;
        if (!(high - low > 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high))))
        {
            double margin = low == 0 ? 0.5 : Math.Abs(low) / 10;
            (low, high) = (low - margin, high + margin);
        }

        if (roundEnds > 0)
        {
            double step = AxisTicks.Step(low, high, roundEnds);
            (low, high) = (Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step);
        }

        return new AxisScale(low, high, isLogarithmic: false);
    }

    /// <summary>Makes an axis of equal factors that holds all finite values above 0.</summary>
    /// <param name="values">The values; those that are not finite or not above 0 do not count and cannot be placed.</param>
    /// <returns>The axis; from 0.1 to 10 where there is no value.</returns>
    public static AxisScale Logarithmic(IEnumerable<double> values)
    {
        if (Range(values.Where(value => double.IsFinite(value) && value > 0)) is not var (low, high))
        {
            return new AxisScale(0.1, 10, isLogarithmic: true);
        }

        // A little room beyond the ends, and at least a factor of two, so that a level curve lies in the middle.
        double room = Math.Max(Math.Pow(high / low, 0.04), high / low < 1.5 ? 1.5 : 1.02);
        return new AxisScale(low / room, high * room, isLogarithmic: true);
    }

    /// <summary>Places a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>0 at the lower end to 1 at the upper end, beyond them outside; NaN for a value that cannot be placed.</returns>
    public double Position(double value) => IsLogarithmic
        ? value > 0 ? Math.Log(value / Low) / Math.Log(High / Low) : double.NaN
        : (value - Low) / (High - Low);

    /// <summary>Picks the round numbers beside the axis.</summary>
    /// <param name="wanted">About how many; a logarithmic axis decides for itself.</param>
    /// <returns>The numbers, rising.</returns>
    public double[] Ticks(int wanted) => IsLogarithmic ? AxisTicks.Logarithmic(Low, High) : AxisTicks.Linear(Low, High, wanted);

    private static (double Low, double High)? Range(IEnumerable<double> values)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return high >= low ? (low, high) : null;
    }
}
