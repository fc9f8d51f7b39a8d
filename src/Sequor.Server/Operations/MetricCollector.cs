using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Sequor.Server.Operations;

/// <summary>Listens to what the engine and this server measure, and tells it in the text format of Prometheus.</summary>
internal sealed class MetricCollector : IDisposable
{
    /// <summary>The name of the engine's meter.</summary>
    internal const string EngineMeter = "Sequor";

    // By the instrument's name: every model may have instruments of its own, told apart by their tags, and a family must begin only once.
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private readonly ProcessMetrics _process;
    private readonly Lock _gate = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="metrics">This server's own instruments.</param>
    /// <param name="process">What is asked of the process.</param>
    public MetricCollector(ServerMetrics metrics, ProcessMetrics process)
    {
        _process = process;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EngineMeter || ReferenceEquals(instrument.Meter, metrics.Meter))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument.Name, static (_, one) => new MetricFamily(one), instrument));
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        _listener.Start();
    }

    /// <summary>Everything measured so far.</summary>
    internal string Text()
    {
        lock (_gate)
        {
            foreach (MetricFamily family in _families.Values)
            {
                family.BeginObserving();
            }

            _listener.RecordObservableInstruments();
            StringBuilder text = new();
            foreach (MetricFamily family in _families.Values.OrderBy(one => one.Name, StringComparer.Ordinal))
            {
                family.Write(text);
            }

            _process.Write(text);
            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
