namespace Sequor.Cli.Progress;

/// <summary>
/// The course of a loss from the first update to the last in a fixed number of means. When all are used, neighbours are
/// joined and each covers twice as many updates from then on, so that adding never allocates and never forgets the beginning.
/// </summary>
/// <param name="capacity">The most means kept; even, 2 or more.</param>
internal sealed class LossHistory(int capacity)
{
    private readonly double[] _means = new double[capacity];
    private int _count;
    private int _perMean = 1;
    private int _pending;
    private double _pendingSum;

    /// <summary>Adds the loss of one more update; one that is not finite is passed over.</summary>
    /// <param name="loss">The loss in nats per token.</param>
    public void Add(double loss)
    {
        if (!double.IsFinite(loss))
        {
            return;
        }

        _pendingSum += loss;
        if (++_pending < _perMean)
        {
            return;
        }

        _means[_count++] = _pendingSum / _perMean;
        (_pending, _pendingSum) = (0, 0);
        if (_count == _means.Length)
        {
            JoinNeighbours();
        }
    }

    /// <summary>Draws the course as a line of eight block heights, the highest mean on top.</summary>
    /// <param name="columns">The most characters, 1 or more.</param>
    /// <returns>Up to <paramref name="columns"/> characters; empty before the first mean.</returns>
    public string Sparkline(int columns)
    {
        const string blocks = "▁▂▃▄▅▆▇█";
        ReadOnlySpan<double> means = _means.AsSpan(0, _count);
        int length = Math.Min(columns, means.Length);
        Span<double> points = length <= 256 ? stackalloc double[length] : new double[length];
        for (int i = 0; i < length; i++)
        {
            (int from, int to) = ((int)((long)i * means.Length / length), (int)((long)(i + 1) * means.Length / length));
            points[i] = Mean(means[from..to]);
        }

        (double lowest, double highest) = Range(points);
        Span<char> line = length <= 256 ? stackalloc char[length] : new char[length];
        for (int i = 0; i < length; i++)
        {
            double height = highest > lowest ? (points[i] - lowest) / (highest - lowest) : 0;
            line[i] = blocks[Math.Min(blocks.Length - 1, (int)(height * blocks.Length))];
        }

        return new string(line);
    }

    private void JoinNeighbours()
    {
        for (int i = 0; i < _means.Length / 2; i++)
        {
            _means[i] = (_means[2 * i] + _means[(2 * i) + 1]) / 2;
        }

        (_count, _perMean) = (_means.Length / 2, 2 * _perMean);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static (double Lowest, double Highest) Range(ReadOnlySpan<double> values)
    {
        (double lowest, double highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values)
        {
            (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
        }

        return (lowest, highest);
    }
}
