using Sequor.Training.Reports.Markup;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Reports.Pages;

/// <summary>What the model learnt from, and what the filters left out.</summary>
internal static class DataSection
{
    private static readonly TableColumn[] _columns =
    [
        new("Set"), new("Pairs", IsNumber: true), new("Left out", IsNumber: true), new("Source tokens", IsNumber: true),
        new("Target tokens", IsNumber: true), new("Origin"),
    ];

    private static readonly TableColumn[] _droppedColumns =
        [new("Reason"), new("Pairs", IsNumber: true), new("Share of all, %", IsNumber: true)];

    /// <summary>Writes the data sets.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        Tables.Write(markup, "Data sets", _columns, report.Data.Select(data => new[]
        {
            data.Name, Count(data.Kept), Count(Dropped(data)), Optional(data.SourceTokens), Optional(data.TargetTokens), data.Source,
        }));
        foreach (DataSummary data in report.Data.Where(data => data.Dropped.Count > 0))
        {
            double all = Math.Max(1, data.Kept + Dropped(data));
            Tables.Write(
                markup,
                $"Left out of {data.Name}",
                _droppedColumns,
                data.Dropped.Select(dropped => new[] { dropped.Reason, Count(dropped.Count), Fixed(100 * dropped.Count / all, 2) }));
        }
    }

    private static long Dropped(DataSummary data) => data.Dropped.Sum(dropped => dropped.Count);

    private static string Optional(long? count) => count is { } value ? Count(value) : "";
}
