using System.Diagnostics;
using System.Text;
using Sequor.Extensions;

namespace Sequor.Server.Operations;

/// <summary>What the process takes of the machine, and its models of the process.</summary>
internal sealed class ProcessMetrics
{
    private readonly ModelRegistry _models;
    private readonly double _startSeconds;

    /// <summary>Makes the reader.</summary>
    public ProcessMetrics(ModelRegistry models)
    {
        _models = models;
        using Process process = Process.GetCurrentProcess();
        _startSeconds = new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
    }

    /// <summary>Writes the families, under the names that Prometheus' own libraries use where there are such.</summary>
    internal void Write(StringBuilder text)
    {
        using Process process = Process.GetCurrentProcess();
        Family(text, "process_resident_memory_bytes", "gauge", "Memory of the process, mapped weights that lie in memory included.", process.WorkingSet64);
        Family(text, "process_cpu_seconds_total", "counter", "Processor time, of all threads.", process.TotalProcessorTime.TotalSeconds);
        Family(text, "process_start_time_seconds", "gauge", "When the process began, since 1970.", _startSeconds);
        Family(text, "process_threads", "gauge", "Threads of the process.", process.Threads.Count);
        Family(text, "dotnet_gc_heap_bytes", "gauge", "Managed objects after the last collection.", GC.GetGCMemoryInfo().HeapSizeBytes);
        Family(text, "dotnet_gc_allocated_bytes_total", "counter", "Managed objects made since the start.", GC.GetTotalAllocatedBytes());
        Family(text, "dotnet_gc_pause_seconds_total", "counter", "Time for which collections stopped all threads.", GC.GetTotalPauseDuration().TotalSeconds);
        Head(text, "dotnet_gc_collections_total", "counter", "Collections, by the oldest generation collected.");
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            MetricSeries.Line(text, "dotnet_gc_collections_total", $"generation=\"{generation}\"", GC.CollectionCount(generation) - (generation < GC.MaxGeneration ? GC.CollectionCount(generation + 1) : 0));
        }

        Head(text, "sequor_model_weight_bytes", "gauge", "Memory, or mapped file, of a model's weights; 0 where it is not loaded.");
        foreach (ModelEntry model in _models.Models)
        {
            MetricSeries.Line(text, "sequor_model_weight_bytes", MetricFamily.Labels([new("model", model.Id), new("state", model.State.ToString().ToLowerInvariant())]), model.WeightBytes);
        }
    }

    private static void Family(StringBuilder text, string name, string type, string help, double value)
    {
        Head(text, name, type, help);
        MetricSeries.Line(text, name, "", value);
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
}
