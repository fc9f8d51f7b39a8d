using Sequor.Training.Logs;
using Sequor.Training.Reports.Charts;
using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>The gradient's norm by part of the model, as strips of shades.</summary>
internal static class LayersFigure
{
    private static readonly TableColumn[] _columns =
    [
        new("Part"), new("First", IsNumber: true), new("Least", IsNumber: true), new("Median", IsNumber: true),
        new("Greatest", IsNumber: true), new("Last", IsNumber: true),
    ];

    /// <summary>Writes the figure; nothing where no update has norms by part.</summary>
    /// <param name="updates">The training log.</param>
    /// <param name="markup">Where it goes.</param>
    public static void Write(IReadOnlyList<TrainingLogEntry> updates, MarkupWriter markup)
    {
        ChartSeries[] rows = Rows(updates);
        if (rows.Length == 0)
        {
            return;
        }

        AxisScale scale = AxisScale.Logarithmic(rows.SelectMany(row => row.Points).Select(point => point.Y));
        HeatStrips strips = new()
        {
            Id = "layers",
            Title = "Gradient norm by part of the model and update",
            Description = $"{rows.Length} parts of the model; the shade stands for the norm of the part's gradient.",
            HorizontalName = "updates",
            Rows = rows,
            Scale = scale,
        };
        string note = $"From {LogText.Significant(scale.Low, 2)} (faint) to {LogText.Significant(scale.High, 2)} (strong), logarithmic; before clipping.";
        Figures.Write(
            markup,
            "Gradient norm by layer",
            note,
            isWide: true,
            () => strips.Write(markup),
            () => Tables.Write(markup, "Gradient norm by part of the model", _columns, rows.Select(Row)));
    }

    // The parts in the order in which they are first named; a part may be missing from some entries.
    private static ChartSeries[] Rows(IReadOnlyList<TrainingLogEntry> updates)
    {
        List<string> names = [];
        Dictionary<string, List<ChartPoint>> points = [];
        foreach (TrainingLogEntry entry in updates)
        {
            foreach (NamedNorm norm in entry.GradientNormByLayer)
            {
                if (!points.TryGetValue(norm.Name, out List<ChartPoint>? row))
                {
                    names.Add(norm.Name);
                    points.Add(norm.Name, row = []);
                }

                row.Add(new ChartPoint(entry.Update, norm.Norm));
            }
        }

        return [.. names.Select(name => new ChartSeries(name, points[name]))];
    }

    private static string[] Row(ChartSeries row)
    {
        double[] sorted = [.. row.Points.Select(point => point.Y).Where(double.IsFinite).Order()];
        return sorted.Length == 0
            ? [row.Name, "", "", "", "", ""]
            :
            [
                row.Name, Text(row.Points[0].Y), Text(sorted[0]), Text(sorted[sorted.Length / 2]), Text(sorted[^1]), Text(row.Points[^1].Y),
            ];
    }

    private static string Text(double norm) => LogText.Significant(norm, 3);
}
