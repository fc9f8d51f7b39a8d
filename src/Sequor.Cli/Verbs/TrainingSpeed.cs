using System.Text.Json;
using Sequor.Cli.Lines;
using Sequor.Training;
using Sequor.Training.Benchmarks;
using Sequor.Training.Reports;

namespace Sequor.Cli.Verbs;

/// <summary>The speed of a training beside that of the machine.</summary>
/// <param name="Training">What the training did.</param>
/// <param name="Before">The machine's peak before it.</param>
/// <param name="After">The machine's peak after it: on a machine that others use it may be another.</param>
internal sealed record TrainingSpeed(TrainingBenchmarkResult Training, MachinePeak Before, MachinePeak After)
{
    /// <summary>The higher of the two peaks on all threads, in operations per second; 0 when not measured.</summary>
    public double Peak => Math.Max(Before.AllThreads, After.AllThreads);

    /// <summary>Operations of products and attention in one update, on average.</summary>
    public double OperationsPerUpdate => Training.Kernels.Operations / Training.Updates.Count;

    /// <summary>The same per second of the whole training.</summary>
    public double OperationsPerSecond => Training.Kernels.Operations / Training.Seconds;

    /// <summary>The same per second within the kernels that do them.</summary>
    public double OperationsPerSecondInProducts => Ratio(Training.Kernels.Operations, Training.Kernels.SecondsInProducts);

    /// <summary>For people: tables.</summary>
    public string ToText() => new TrainingSpeedText(this).ToString();

    /// <summary>For programs: one object on one line.</summary>
    public string ToJson() => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        WriteSpeed(writer);
        WriteProductSpeed(writer);
        WriteMemory(writer);
        writer.WriteNumber("timed_seconds_per_update", Training.Kernels.Seconds / Training.Updates.Count);
        KernelTables.Write(writer, Training.Kernels);
        writer.WriteEndObject();
    }) + "\n";

    /// <summary>One number in terms of another; 0 where that is 0.</summary>
    public static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private void WriteSpeed(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Training.Name);
        writer.WriteNumber("parameters", Training.Parameters);
        writer.WriteNumber("target_tokens_per_s", Training.TargetTokensPerSecond.Median);
        Write(writer, "target_tokens_per_s_quartiles", Training.TargetTokensPerSecond);
        writer.WriteNumber("target_tokens_per_s_overall", Training.TargetTokens / Training.Seconds);
        writer.WriteNumber("seconds_per_update", Training.SecondsPerUpdate.Median);
        Write(writer, "seconds_per_update_quartiles", Training.SecondsPerUpdate);
        writer.WriteNumber("updates", Training.Updates.Count);
        writer.WriteNumber("accumulate", Training.Accumulate);
        writer.WriteNumber("target_tokens", Training.TargetTokens);
        writer.WriteNumber("threads", Training.Threads);
        writer.WriteString("isa", Training.InstructionSet);
        writer.WriteString("machine", MachineDescription.OfThisMachine(Training.InstructionSet, Training.Threads).ToString());
    }

    private void WriteProductSpeed(Utf8JsonWriter writer)
    {
        writer.WriteNumber("gflop_per_update", OperationsPerUpdate / 1e9);
        writer.WriteNumber("gflops", OperationsPerSecond / 1e9);
        writer.WriteNumber("gflops_in_products", OperationsPerSecondInProducts / 1e9);
        writer.WriteStartObject("peak_gflops");
        writer.WriteNumber("one_thread_before", Before.OneThread / 1e9);
        writer.WriteNumber("one_thread_after", After.OneThread / 1e9);
        writer.WriteNumber("all_threads_before", Before.AllThreads / 1e9);
        writer.WriteNumber("all_threads_after", After.AllThreads / 1e9);
        writer.WriteEndObject();
        writer.WriteNumber("share_of_peak", Ratio(OperationsPerSecond, Peak));
        writer.WriteNumber("share_of_peak_in_products", Ratio(OperationsPerSecondInProducts, Peak));
    }

    private void WriteMemory(Utf8JsonWriter writer)
    {
        TrainingMemory memory = Training.Memory;
        writer.WriteNumber("peak_rss_mb", memory.PeakResident / (double)(1 << 20));
        writer.WriteNumber("arena_bytes", memory.Step);
        writer.WriteNumber("parameter_bytes", memory.Parameters);
        writer.WriteNumber("gradient_bytes", memory.Gradients);
        writer.WriteNumber("optimizer_bytes", memory.Optimizer);
        writer.WriteNumber("copy_bytes", memory.Others);
        writer.WriteNumber("managed_bytes_per_update", Training.ManagedBytesPerUpdate.Median);
        writer.WriteNumber("managed_bytes_per_update_all_threads", (double)Training.ManagedBytesOfAllThreads / Training.Updates.Count);
        writer.WriteNumber("gen2_collections", Training.OldestCollections);
    }

    private static void Write(Utf8JsonWriter writer, string name, Quartiles quartiles)
    {
        writer.WriteStartArray(name);
        writer.WriteNumberValue(quartiles.Lower);
        writer.WriteNumberValue(quartiles.Upper);
        writer.WriteEndArray();
    }
}
