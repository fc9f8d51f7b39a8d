using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sequor.Server.Operations;

/// <summary>What the server measures of its requests.</summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    internal const string Name = "Sequor.Server";

    // From a cached answer to a long document.
    private static readonly double[] _seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _inFlight;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _characters;

    /// <summary>Makes the instruments.</summary>
    public ServerMetrics()
    {
        Meter = new Meter(Name);
        _requests = Meter.CreateCounter<long>("sequor.server.requests", "{request}", "Requests answered, by route, method and status.");
        _duration = Meter.CreateHistogram("sequor.server.request.duration", "s", "How long requests took, by route.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = _seconds });
        _inFlight = Meter.CreateUpDownCounter<long>("sequor.server.requests.in_flight", "{request}", "Requests that are being answered.");
        _rejected = Meter.CreateCounter<long>("sequor.server.requests.rejected", "{request}", "Requests refused, by reason.");
        _characters = Meter.CreateCounter<long>("sequor.server.characters", "{character}", "Characters of the texts that were sent.");
    }

    /// <summary>Where traces of requests begin.</summary>
    internal static ActivitySource Traces { get; } = new(Name);

    /// <summary>The meter; each server has its own, so that two in one process do not count each other's requests.</summary>
    internal Meter Meter { get; }

    /// <summary>Notes that a request has come.</summary>
    internal void Begin() => _inFlight.Add(1);

    /// <summary>Notes that a request was answered.</summary>
    internal void End(string route, string method, int status, double seconds, long characters, string? rejected)
    {
        _inFlight.Add(-1);
        _requests.Add(1, new("route", route), new("method", method), new("status", status));
        _duration.Record(seconds, new KeyValuePair<string, object?>("route", route));
        if (characters > 0)
        {
            _characters.Add(characters);
        }

        if (rejected is not null)
        {
            _rejected.Add(1, new KeyValuePair<string, object?>("reason", rejected));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
