using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Sequor.Server.Operations;

/// <summary>Sends traces and metrics of the server and of the engine by OTLP over HTTP, as protobuf.</summary>
internal sealed class OpenTelemetryExport : IDisposable
{
    private const string Service = "sequor";
    private const int MetricMilliseconds = 15_000;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    /// <summary>Begins to send.</summary>
    /// <param name="endpoint">The receiver, without the path: <c>http://localhost:4318</c>.</param>
    internal OpenTelemetryExport(string endpoint)
    {
        string version = typeof(OpenTelemetryExport).Assembly.GetName().Version?.ToString(3) ?? "0";
        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(Service, serviceVersion: version);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(MetricCollector.EngineMeter, ServerMetrics.Name)
            .AddOtlpExporter(options => Configure(options, endpoint, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(MetricCollector.EngineMeter, ServerMetrics.Name)
            .AddOtlpExporter((options, reader) =>
            {
                Configure(options, endpoint, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = MetricMilliseconds;
            })
            .Build();
    }

    /// <summary>Sends what is left, for a few seconds at most, and ends.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Configure(OtlpExporterOptions options, string endpoint, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(endpoint.TrimEnd('/') + '/' + path);
    }
}
