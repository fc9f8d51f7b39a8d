using System.Text.Json;
using Sequor.Cli.Lines;
using Sequor.Decoding;
using Sequor.Decoding.Benchmarks;
using Sequor.Tensors.Kernels;
using Sequor.Training.Reports;

namespace Sequor.Cli.Verbs;

/// <summary>The speed of a decoding beside that of the machine.</summary>
/// <param name="Name">What was decoded with.</param>
/// <param name="LoadingSeconds">Wall time until the weights were ready; of a shape, until they were drawn.</param>
/// <param name="Options">How it was measured.</param>
/// <param name="Decoding">What it did.</param>
/// <param name="Peak">The machine's peak of products in float32, right after it.</param>
/// <param name="Reading">How fast the machine reads memory, right after it.</param>
internal sealed record DecodingSpeed(
    string Name, double LoadingSeconds, DecodingBenchmarkOptions Options, DecodingBenchmarkResult Decoding, MachinePeak Peak, MachineReadRate Reading)
{
    /// <summary>Hypotheses kept per sentence; 1 is greedy.</summary>
    public int Beam => Options.Search is BeamSearchOptions beam ? beam.BeamSize : Options.Search.NBest;

    /// <summary>How matrices are held.</summary>
    public string ComputeType => WeightTypes.NameOf(Decoding.ComputeType);

    /// <summary>For people: tables.</summary>
    public string ToText() => new DecodingSpeedText(this).ToString();

    /// <summary>For programs: one object on one line.</summary>
    public string ToJson() => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        WriteWork(writer);
        WriteSpeed(writer);
        WriteMachine(writer);
        writer.WriteNumber("timed_seconds", Decoding.Kernels.Seconds);
        writer.WriteNumber("timed_steps", Decoding.TimedWork.Steps);
        KernelTables.Write(writer, Decoding.Kernels);
        writer.WriteEndObject();
    }) + "\n";

    private void WriteWork(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name);
        writer.WriteNumber("parameters", Decoding.Parameters);
        writer.WriteString("compute_type", ComputeType);
        writer.WriteNumber("weight_bytes", Decoding.WeightBytes);
        writer.WriteNumber("loading_s", LoadingSeconds);
        writer.WriteNumber("batch", Options.BatchSentences);
        writer.WriteBoolean("shortlist", Options.Shortlist is not null);
        writer.WriteNumber("beam", Beam);
        writer.WriteNumber("sentences", Decoding.Sentences);
        writer.WriteNumber("target_tokens", Decoding.TargetTokens);
        writer.WriteNumber("steps", Decoding.Work.Steps);
        writer.WriteNumber("rows_per_step", Decoding.Work.RowsPerStep);
        writer.WriteNumber("rounds", Decoding.Rounds.Count);
        writer.WriteNumber("threads", Decoding.Threads);
        writer.WriteNumber("workers", Decoding.Workers);
        writer.WriteString("isa", Decoding.InstructionSet);
        writer.WriteString("product_instructions", Decoding.ProductInstructions);
        writer.WriteString("machine", MachineDescription.OfThisMachine(Decoding.InstructionSet, Decoding.Threads).ToString());
    }

    private void WriteSpeed(Utf8JsonWriter writer)
    {
        Percentiles tokens = Decoding.TargetTokensPerSecond;
        writer.WriteNumber("target_tokens_per_s", tokens.Median);
        writer.WriteStartArray("target_tokens_per_s_range");
        writer.WriteNumberValue(tokens.At(0));
        writer.WriteNumberValue(tokens.At(1));
        writer.WriteEndArray();
        writer.WriteNumber("sentences_per_s", Decoding.SentencesPerSecond.Median);
        Percentiles seconds = Decoding.SecondsPerSentence;
        writer.WriteStartObject("sentence_seconds");
        writer.WriteNumber("p50", seconds.Median);
        writer.WriteNumber("p95", seconds.At(0.95));
        writer.WriteNumber("p99", seconds.At(0.99));
        writer.WriteEndObject();
        writer.WriteNumber("peak_rss_mb", Decoding.PeakResident / (double)(1 << 20));
        writer.WriteNumber("encoding_share", Decoding.EncodingShare.Median);
        writer.WriteNumber("managed_bytes_per_step", Decoding.ManagedBytesPerStep.Median);
    }

    private void WriteMachine(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("peak_gflops");
        writer.WriteNumber("one_thread", Peak.OneThread / 1e9);
        writer.WriteNumber("all_threads", Peak.AllThreads / 1e9);
        writer.WriteEndObject();
        writer.WriteStartObject("read_gb_per_s");
        writer.WriteNumber("one_thread", Reading.OneThread / 1e9);
        writer.WriteNumber("all_threads", Reading.AllThreads / 1e9);
        writer.WriteEndObject();
    }
}
