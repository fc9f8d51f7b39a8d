using Sequor.Training.Reports.Markup;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Reports.Pages;

/// <summary>The scores of whole test sets, each with what is needed to compute it again.</summary>
internal static class ScoresSection
{
    /// <summary>Writes the scores.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        bool hasIntervals = report.Metrics.Any(metric => metric.ConfidenceLow is not null && metric.ConfidenceHigh is not null);
        bool hasSignatures = report.Metrics.Any(metric => metric.Signature.Length > 0);
        List<TableColumn> columns = [new("Measure"), new("Test set"), new("Score", IsNumber: true)];
        if (hasIntervals)
        {
            columns.Add(new TableColumn("Confidence interval", IsNumber: true));
        }

        if (hasSignatures)
        {
            columns.Add(new TableColumn("Signature"));
        }

        Tables.Write(markup, "Scores of whole test sets", columns, report.Metrics.Select(metric => Row(metric, hasIntervals, hasSignatures)));
    }

    private static List<string> Row(MetricResult metric, bool hasIntervals, bool hasSignatures)
    {
        List<string> row = [metric.Name, metric.TestSet, Fixed(metric.Score, 2)];
        if (hasIntervals)
        {
            row.Add(metric is { ConfidenceLow: { } low, ConfidenceHigh: { } high } ? $"{Fixed(low, 2)} to {Fixed(high, 2)}" : "");
        }

        if (hasSignatures)
        {
            row.Add(metric.Signature);
        }

        return row;
    }
}
