using System.Text.Json;
using Sequor.Batching;
using Sequor.Text;

namespace Sequor.Training.Benchmarks;

/// <summary>
/// Batches as JSON lines, so that another toolkit can train on the very same ones: a line with the vocabulary's size and special ids, then a line
/// for each batch, <c>{"source":[[…],…],"target":[[…],…]}</c>. Sources are as the model reads them, end sign included; targets have neither
/// begin nor end sign.
/// </summary>
public static class BatchFile
{
    /// <summary>Writes the batches that were measured.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="result">What was measured.</param>
    public static void Write(Stream output, TrainingBenchmarkResult result)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        using var writer = new Utf8JsonWriter(output);
        WriteHeader(writer, result);
        foreach (TrainingBatch batch in result.Batches)
        {
            EndLine(writer, output);
            writer.WriteStartObject();
            WriteSentences(writer, "source", batch.Source.Ids, batch.Source, without: 0);
            WriteSentences(writer, "target", batch.TargetOutput, batch.TargetInput, without: 1);
            writer.WriteEndObject();
        }

        EndLine(writer, output);
    }

    private static void WriteHeader(Utf8JsonWriter writer, TrainingBenchmarkResult result)
    {
        Vocabulary target = result.Target;
        writer.WriteStartObject();
        writer.WriteNumber("vocabulary", target.Size);
        writer.WriteNumber("source_vocabulary", result.Source.Size);
        writer.WriteNumber("pad", target.PadId);
        writer.WriteNumber("bos", target.BeginId);
        writer.WriteNumber("eos", target.EndId);
        writer.WriteNumber("accumulate", result.Accumulate);
        writer.WriteEndObject();
    }

    private static void WriteSentences(Utf8JsonWriter writer, string name, ReadOnlySpan<int> ids, SequenceBatch layout, int without)
    {
        writer.WriteStartArray(name);
        for (int sentence = 0; sentence < layout.Count; sentence++)
        {
            writer.WriteStartArray();
            foreach (int id in ids.Slice(layout.Starts[sentence], layout.Lengths[sentence] - without))
            {
                writer.WriteNumberValue(id);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void EndLine(Utf8JsonWriter writer, Stream output)
    {
        writer.Flush();
        output.WriteByte((byte)'\n');
        writer.Reset();
    }
}
