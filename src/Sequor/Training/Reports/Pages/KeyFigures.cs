using Sequor.Training.Logs;
using Sequor.Training.Reports.Markup;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Reports.Pages;

/// <summary>The handful of numbers at the top of the page.</summary>
internal static class KeyFigures
{
    /// <summary>Writes the figures that the report has.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        (string Name, string Value, string Note)[] figures = [.. Find(report)];
        if (figures.Length == 0)
        {
            return;
        }

        using (markup.Element("dl", ("class", "figures")))
        {
            foreach ((string name, string value, string note) in figures)
            {
                using (markup.Element("div"))
                {
                    markup.TextElement("dt", name);
                    markup.TextElement("dd", value);
                    markup.TextElement("dd", note, ("class", "note"));
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Value, string Note)> Find(TrainingReport report)
    {
        if (report.Metrics.Count > 0)
        {
            yield return (report.Metrics[0].Name, Fixed(report.Metrics[0].Score, 1), report.Metrics[0].TestSet);
        }

        if (Best(report) is { } best)
        {
            yield return ("Held-out perplexity", Fixed(best.Perplexity, 2), $"best, at update {Count(best.Update)}");
        }

        if (report.Summary is { } summary)
        {
            yield return ("Updates", Count(summary.Update), $"epoch {Count(summary.Epoch)}");
            yield return ("Time", Duration(summary.ElapsedSeconds), TrainingEnds.Describe(summary.EndedBy));
        }

        if (report.Summary?.Memory is { PeakResident: > 0 } memory)
        {
            yield return ("Memory", Count(memory.PeakResident / (double)(1 << 20)) + " MiB", "resident at most");
        }

        if (report.Updates.Count > 0)
        {
            yield return ("Target tokens/s", Count(MedianSpeed(report.Updates)), "median of the run");
        }

        if (report.Model is { } model)
        {
            yield return ("Parameters", Parameters(model.Parameters), model.Name);
        }
    }

    private static ValidationEntry? Best(TrainingReport report) =>
        report.Summary?.Best
        ?? report.Validations.Where(entry => double.IsFinite(entry.Perplexity)).MinBy(entry => entry.Perplexity);

    private static double MedianSpeed(IReadOnlyList<TrainingLogEntry> updates)
    {
        double[] speeds = [.. updates.Select(entry => entry.TargetTokensPerSecond).Where(double.IsFinite).Order()];
        return speeds.Length == 0 ? double.NaN : speeds[speeds.Length / 2];
    }

    private static string Parameters(long count) => count switch
    {
        >= 1_000_000 => Significant(count / 1e6, 3) + " M",
        >= 10_000 => Significant(count / 1e3, 3) + " k",
        _ => Count(count),
    };
}
