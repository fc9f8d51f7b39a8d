using Sequor.Training.Logs;
using Sequor.Training.Reports.Charts;

namespace Sequor.Training.Reports.Pages;

/// <summary>Turns the logs into curves.</summary>
internal static class CurveData
{
    private const int PointsThatNeedAMean = 100;

    /// <summary>Draws one measure of the updates: single measurements faint, their running mean before them; a short log as it is.</summary>
    /// <param name="updates">The log.</param>
    /// <param name="name">The words beside the curve; empty for none.</param>
    /// <param name="measure">Picks the measure.</param>
    /// <param name="isLogarithmic">Whether the axis is logarithmic; the mean then is the geometric one, which a single peak moves less.</param>
    /// <returns>One curve or two.</returns>
    public static ChartSeries[] Smoothed(
        IReadOnlyList<TrainingLogEntry> updates, string name, Func<TrainingLogEntry, double> measure, bool isLogarithmic = false)
    {
        ChartPoint[] points = Points(updates, measure);
        if (points.Length < PointsThatNeedAMean)
        {
            return [new ChartSeries(name, points)];
        }

        int reach = points.Length / 60;
        ChartPoint[] means = isLogarithmic
            ? Each(RunningMean.Over(Each(points, Math.Log), reach), Math.Exp)
            : RunningMean.Over(points, reach);
        return [new ChartSeries("", points) { IsFaint = true }, new ChartSeries(name, means)];
    }

    /// <summary>Takes one measure of the updates as it is.</summary>
    /// <param name="updates">The log.</param>
    /// <param name="measure">Picks the measure.</param>
    /// <returns>A point per entry.</returns>
    public static ChartPoint[] Points(IReadOnlyList<TrainingLogEntry> updates, Func<TrainingLogEntry, double> measure) =>
        [.. updates.Select(entry => new ChartPoint(entry.Update, measure(entry)))];

    /// <summary>Takes one measure of the validations.</summary>
    /// <param name="validations">The log.</param>
    /// <param name="name">The words beside the curve.</param>
    /// <param name="colour">The curve's colour, 1 to 4.</param>
    /// <param name="measure">Picks the measure; <see langword="null"/> leaves a gap.</param>
    /// <returns>The curve, marked at each point where these are few.</returns>
    public static ChartSeries Held(
        IReadOnlyList<ValidationEntry> validations, string name, int colour, Func<ValidationEntry, double?> measure) =>
        new(name, [.. validations.Where(entry => measure(entry) is not null).Select(entry => new ChartPoint(entry.Update, measure(entry)!.Value))])
        {
            Colour = colour,
            HasMarkers = validations.Count <= 40,
        };

    /// <summary>Picks evenly spaced entries of a list that is too long for a table, the first and the last among them.</summary>
    /// <typeparam name="T">The kind of entry.</typeparam>
    /// <param name="entries">The list.</param>
    /// <param name="most">The most entries picked, 2 or more.</param>
    /// <returns>The picked entries in their order.</returns>
    public static IEnumerable<T> Spaced<T>(IReadOnlyList<T> entries, int most) => entries.Count <= most
        ? entries
        : Enumerable.Range(0, most).Select(i => entries[(int)((long)i * (entries.Count - 1) / (most - 1))]);

    private static ChartPoint[] Each(ChartPoint[] points, Func<double, double> change) =>
        [.. points.Select(point => point with { Y = change(point.Y) })];
}
