using System.Globalization;
using System.Text;
using System.Text.Json;
using Sequor.Scoring;
using Sequor.Training.Reports;
using MetricResult = Sequor.Scoring.MetricResult;

namespace Sequor.Cli.Verbs;

/// <summary>Scores by the length of the source, of one system or several.</summary>
/// <param name="Curves">The systems with their buckets.</param>
internal sealed record LengthReport(LengthCurves Curves)
{
    /// <summary>For people: a line for each length, a column for each system and metric.</summary>
    /// <param name="decimals">Digits after the point.</param>
    public string ToText(int decimals)
    {
        List<string[]> rows = [["words", "sentences", .. Columns().Select(column => column.Name)]];
        for (int i = 0; i < Curves.Systems[0].Buckets.Count; i++)
        {
            LengthBucket bucket = Curves.Systems[0].Buckets[i];
            rows.Add(
            [
                LengthCurves.LengthsOf(bucket), bucket.Sentences.ToString(CultureInfo.InvariantCulture),
                .. Columns().Select(column => Curves.Systems[column.System].Buckets[i].Scores[column.Metric].Score.ToString($"F{decimals}", CultureInfo.InvariantCulture)),
            ]);
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        StringBuilder text = new("\n");
        foreach (string[] row in rows)
        {
            string line = string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])));
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>For programs: a list of systems, each with its buckets.</summary>
    /// <param name="writer">A writer inside an object.</param>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("by_length");
        foreach ((string name, IReadOnlyList<LengthBucket> buckets) in Curves.Systems)
        {
            writer.WriteStartObject();
            writer.WriteString("system", name);
            writer.WriteStartArray("buckets");
            foreach (LengthBucket bucket in buckets)
            {
                writer.WriteStartObject();
                writer.WriteNumber("shortest", bucket.Shortest);
                if (bucket.Longest is { } longest)
                    writer.WriteNumber("longest", longest);
                else
                    writer.WriteNull("longest");
                writer.WriteNumber("sentences", bucket.Sentences);
                writer.WriteNumber("mean_words", bucket.MeanWords);
                foreach (MetricResult result in bucket.Scores)
                    result.WriteJson(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private IEnumerable<(int System, int Metric, string Name)> Columns() => Curves.Systems.SelectMany((system, i) =>
        system.Buckets[0].Scores.Select((score, metric) => (i, metric, Curves.Systems.Count == 1 ? score.Name : $"{score.Name} {system.Name}")));
}
