using System.Globalization;
using System.Text;

namespace Sequor.Server.Operations;

/// <summary>What an instrument has measured under one set of labels.</summary>
internal sealed class MetricSeries
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets;
    private double _sum;
    private long _count;

    /// <summary>Begins at nothing.</summary>
    /// <param name="labels">The labels as Prometheus writes them, without braces; empty for none.</param>
    /// <param name="buckets">The number of bounds of a histogram; 0 for anything else.</param>
    internal MetricSeries(string labels, int buckets) => (Labels, _buckets) = (labels, new long[buckets]);

    /// <summary>The labels, without braces.</summary>
    internal string Labels { get; }

    /// <summary>Adds to a sum.</summary>
    internal void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
        }
    }

    /// <summary>Replaces a value.</summary>
    internal void Set(double value)
    {
        lock (_gate)
        {
            _sum = value;
        }
    }

    /// <summary>Counts a value in its bucket.</summary>
    internal void Record(double value, IReadOnlyList<double> bounds)
    {
        int bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        lock (_gate)
        {
            _sum += value;
            _count++;
            if (bucket < _buckets.Length)
            {
                _buckets[bucket]++;
            }
        }
    }

    /// <summary>Writes the value of a sum or a gauge.</summary>
    internal void WriteValue(StringBuilder text, string name)
    {
        double value;
        lock (_gate)
        {
            value = _sum;
        }

        Line(text, name, Labels, value);
    }

    /// <summary>Writes a histogram: how many values lie at or below each bound, their sum and their number.</summary>
    internal void WriteHistogram(StringBuilder text, string name, IReadOnlyList<double> bounds)
    {
        long[] buckets;
        double sum;
        long count;
        lock (_gate)
        {
            (buckets, sum, count) = ([.. _buckets], _sum, _count);
        }

        string separator = Labels.Length == 0 ? "" : ",";
        long below = 0;
        for (int i = 0; i < buckets.Length; i++)
        {
            below += buckets[i];
            Line(text, name + "_bucket", $"{Labels}{separator}le=\"{Number(bounds[i])}\"", below);
        }

        Line(text, name + "_bucket", $"{Labels}{separator}le=\"+Inf\"", count);
        Line(text, name + "_sum", Labels, sum);
        Line(text, name + "_count", Labels, count);
    }

    /// <summary>Writes one line of the format.</summary>
    internal static void Line(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
