using System.Globalization;
using System.Text;
using Sequor.Cli.Lines;
using Sequor.Scoring;

namespace Sequor.Cli.Verbs;

/// <summary>Scores, alone or beside those of a baseline.</summary>
/// <param name="Results">The system's scores.</param>
/// <param name="Tests">For each score the comparison with the baseline, or null where there is none.</param>
internal sealed record ScoreReport(IReadOnlyList<MetricResult> Results, IReadOnlyList<PairedTestResult>? Tests)
{
    /// <summary>The scores by the length of the source; null where they are not asked for. Default null.</summary>
    public LengthReport? ByLength { get; init; }

    /// <summary>The report of a comparison.</summary>
    /// <param name="tests">The comparisons.</param>
    public static ScoreReport Of(IReadOnlyList<PairedTestResult> tests) => new([.. tests.Select(test => test.System)], tests);

    /// <summary>For people: a line for each score, as sacreBLEU prints it.</summary>
    /// <param name="decimals">Digits after the point, 0 to 15.</param>
    public string ToText(int decimals)
    {
        StringBuilder text = new();
        if (Tests is null)
        {
            foreach (MetricResult result in Results)
                text.Append(result.ToLine(decimals)).Append('\n');
            return text.Append(ByLength?.ToText(decimals)).ToString();
        }

        foreach (PairedTestResult test in Tests)
        {
            text.Append("baseline  ").Append(test.Baseline.ToLine(decimals)).Append('\n');
            text.Append("system    ").Append(test.System.ToLine(decimals));
            text.Append(CultureInfo.InvariantCulture, $"  p = {test.PValue:F4}{(test.PValue < 0.05 ? " *" : "")}\n");
        }

        return text.ToString();
    }

    /// <summary>For programs: one object on one line, a property for each score, <c>by_length</c> where asked for, and <c>baseline</c> and <c>p_values</c> after a comparison.</summary>
    public string ToJson() => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        foreach (MetricResult result in Results)
            result.WriteJson(writer);
        ByLength?.WriteJson(writer);
        if (Tests is not null)
        {
            writer.WritePropertyName("baseline");
            MetricResult.WriteJson(writer, Tests.Select(test => test.Baseline));
            writer.WriteStartObject("p_values");
            foreach (PairedTestResult test in Tests)
                writer.WriteNumber(test.System.Key, test.PValue);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }) + "\n";
}
