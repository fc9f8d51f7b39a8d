using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Sequor.Server.Operations;

/// <summary>Everything that one instrument has measured, as a family of Prometheus.</summary>
internal sealed class MetricFamily
{
    // More sets of labels than this are a fault of whoever measures, and would fill the memory of those who collect.
    private const int MostSeries = 1000;

    private static readonly double[] _otherBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
    private static readonly double[] _secondBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<double> _bounds;
    private readonly string _type;
    private readonly string _help;
    private readonly bool _isAdded;
    private readonly bool _isObserved;

    /// <summary>Begins to collect from an instrument.</summary>
    internal MetricFamily(Instrument instrument)
    {
        string kind = instrument.GetType().Name;
        bool isHistogram = kind.StartsWith("Histogram", StringComparison.Ordinal);
        bool isCounter = kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("ObservableCounter", StringComparison.Ordinal);
        _type = isHistogram ? "histogram" : isCounter ? "counter" : "gauge";
        _isAdded = kind.StartsWith("Counter", StringComparison.Ordinal) || kind.StartsWith("UpDownCounter", StringComparison.Ordinal);
        _isObserved = instrument.IsObservable;
        _help = (instrument.Description ?? instrument.Name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        _bounds = isHistogram ? Bounds(instrument) : [];
        Name = NameOf(instrument, isCounter);
    }

    /// <summary>The name that Prometheus knows.</summary>
    internal string Name { get; }

    /// <summary>Takes a measurement.</summary>
    internal void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = Labels(tags);
        if (!_series.TryGetValue(labels, out MetricSeries? series))
        {
            labels = _series.Count < MostSeries ? labels : "overflow=\"true\"";
            series = _series.GetOrAdd(labels, static (one, buckets) => new MetricSeries(one, buckets), _bounds.Count);
        }

        if (_type == "histogram")
        {
            series.Record(value, _bounds);
        }
        else if (_isAdded)
        {
            series.Add(value);
        }
        else
        {
            series.Set(value);
        }
    }

    /// <summary>Forgets what observed instruments said last: a model that is gone is reported no more.</summary>
    internal void BeginObserving()
    {
        if (_isObserved)
        {
            _series.Clear();
        }
    }

    /// <summary>Writes the family.</summary>
    internal void Write(StringBuilder text)
    {
        text.Append("# HELP ").Append(Name).Append(' ').Append(_help).Append('\n');
        text.Append("# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
        foreach (MetricSeries series in _series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal))
        {
            if (_type == "histogram")
            {
                series.WriteHistogram(text, Name, _bounds);
            }
            else
            {
                series.WriteValue(text, Name);
            }
        }
    }

    /// <summary>Labels as Prometheus writes them, in the order of their names, without braces.</summary>
    internal static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length switch
    {
        0 => "",
        1 => Label(tags[0]),
        _ => string.Join(',', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(Label)),
    };

    private static string Label(KeyValuePair<string, object?> tag)
    {
        string value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
        if (value.AsSpan().IndexOfAny('\\', '"', '\n') >= 0)
        {
            value = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        }

        return $"{Plain(tag.Key)}=\"{value}\"";
    }

    private static IReadOnlyList<double> Bounds(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        { Unit: "s" } => _secondBounds,
        _ => _otherBounds,
    };

    // As OpenTelemetry's rules for Prometheus say: dots become underscores, the unit is the end of the name, and counters end in _total.
    private static string NameOf(Instrument instrument, bool isCounter)
    {
        string name = Plain(instrument.Name);
        string unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", "ms" => "_milliseconds", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
        {
            name += unit;
        }

        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Plain(string name) => string.Concat(name.Select((letter, place) => char.IsAsciiLetter(letter) || (place > 0 && char.IsAsciiDigit(letter)) ? letter : '_'));
}
