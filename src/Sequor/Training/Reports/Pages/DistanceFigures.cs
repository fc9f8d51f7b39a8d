using System.Globalization;
using Sequor.Training.Logs;
using Sequor.Training.Reports.Charts;
using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>How far back in time the gradient of each recurrent layer reaches: a curve that falls is vanishing, one that rises is exploding.</summary>
internal static class DistanceFigures
{
    private static readonly int[] _tabulated = [0, 1, 2, 5, 10, 20, 50];

    /// <summary>Writes a figure for each recurrent layer; nothing for a model without any.</summary>
    /// <param name="updates">The training log.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(IReadOnlyList<TrainingLogEntry> updates, MarkupWriter markup)
    {
        TrainingLogEntry[] told = [.. updates.Where(entry => entry.GradientNormByDistance.Count > 0)];
        if (told.Length == 0)
        {
            return;
        }

        TrainingLogEntry[] shown = [.. new[] { told[0], told[told.Length / 2], told[^1] }.DistinctBy(entry => entry.Update)];
        string[] layers = [.. told[^1].GradientNormByDistance.Select(layer => layer.Name)];
        for (int i = 0; i < layers.Length; i++)
        {
            WriteLayer(layers[i], $"distance-{(i + 1).ToString(CultureInfo.InvariantCulture)}", shown, markup);
        }
    }

    private static void WriteLayer(string layer, string id, TrainingLogEntry[] shown, MarkupWriter markup)
    {
        ChartSeries[] series =
        [
            .. shown.Select((entry, i) => new ChartSeries(
                NameOf(entry), [.. NormsOf(entry, layer).Select((norm, distance) => new ChartPoint(distance, norm))]) { Colour = i + 1 }),
        ];
        LineChart chart = new()
        {
            Id = id,
            Title = $"Gradient norm of {layer} by distance from the sentence's end",
            Description = InWords(series),
            HorizontalName = "steps before the last",
            Series = series,
            Vertical = AxisScale.Logarithmic(series.SelectMany(one => one.Points).Select(point => point.Y)),
            Width = 470,
            Height = 230,
            RightMargin = 104,
        };
        Figures.Write(
            markup,
            $"Gradient through time, {layer}",
            "Norm of d loss / d state by steps before the sentence's last one, mean over sentences; logarithmic. Falling curves vanish, rising ones explode.",
            isWide: false,
            () => chart.Write(markup),
            () => WriteNumbers(layer, series, markup));
    }

    private static void WriteNumbers(string layer, ChartSeries[] series, MarkupWriter markup) => Tables.Write(
        markup,
        $"Gradient norm of {layer} by steps before the last",
        [new TableColumn("Steps before the last", IsNumber: true), .. series.Select(one => new TableColumn(one.Name, IsNumber: true))],
        _tabulated.Where(distance => series.Any(one => distance < one.Points.Count)).Select(distance => (IReadOnlyList<string>)
        [
            distance.ToString(CultureInfo.InvariantCulture),
            .. series.Select(one => distance < one.Points.Count ? LogText.Significant(one.Points[distance].Y, 3) : ""),
        ]));

    private static IReadOnlyList<double> NormsOf(TrainingLogEntry entry, string layer) =>
        entry.GradientNormByDistance.FirstOrDefault(one => one.Name == layer)?.Norms ?? [];

    private static string NameOf(TrainingLogEntry entry) => string.Create(CultureInfo.InvariantCulture, $"update {entry.Update:N0}");

    private static string InWords(ChartSeries[] series) => string.Join(" ", series.Where(one => one.Points.Count > 0).Select(one =>
        $"At {one.Name} the norm is {LogText.Significant(one.Points[0].Y, 3)} at the last step and {LogText.Significant(one.Points[^1].Y, 3)} {(one.Points.Count - 1).ToString(CultureInfo.InvariantCulture)} steps before it."));
}
