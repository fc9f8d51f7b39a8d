using System.Text;
using Sequor.Training.Reports.Markup;
using static Sequor.Training.Reports.Markup.MarkupWriter;

namespace Sequor.Training.Reports.Charts;

/// <summary>Many positive measures over the course of a training, a row of shades for each, on one logarithmic scale.</summary>
internal sealed record HeatStrips
{
    private const double RowHeight = 15;
    private const double RowGap = 2;
    private const double BottomMargin = 38;

    /// <summary>A word that is this chart's alone on its page, for the ids of its title and description.</summary>
    public required string Id { get; init; }

    /// <summary>What is shown, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be seen, in a sentence, for those who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>The words under the horizontal axis.</summary>
    public required string HorizontalName { get; init; }

    /// <summary>The rows from top to bottom: a name, and points whose X rises.</summary>
    public required IReadOnlyList<ChartSeries> Rows { get; init; }

    /// <summary>The scale of the shades.</summary>
    public required AxisScale Scale { get; init; }

    /// <summary>Width in pixels. Default 920.</summary>
    public double Width { get; init; } = 920;

    /// <summary>The most columns of shades. Default 120.</summary>
    public int MaxColumns { get; init; } = 120;

    /// <summary>Draws the chart.</summary>
    /// <param name="markup">Where it goes.</param>
    public void Write(MarkupWriter markup)
    {
        double left = 12 + (6.6 * Rows.Select(row => TokenText.Columns(row.Name)).DefaultIfEmpty(0).Max());
        double bottom = Rows.Count * (RowHeight + RowGap);
        AxisScale horizontal = AxisScale.Linear(Rows.SelectMany(row => row.Points).Select(point => point.X), fromZero: true);
        using (markup.Element(
            "svg",
            ("viewBox", $"0 0 {Number(Width)} {Number(bottom + BottomMargin)}"),
            ("class", "chart"),
            ("role", "img"),
            ("aria-labelledby", $"{Id}-title {Id}-description")))
        {
            markup.TextElement("title", Title, ("id", Id + "-title"));
            markup.TextElement("desc", Description, ("id", Id + "-description"));
            WriteShades(markup, horizontal, left);
            for (int row = 0; row < Rows.Count; row++)
            {
                markup.TextElement(
                    "text",
                    Rows[row].Name,
                    ("class", "tick"),
                    ("x", Number(left - 8)),
                    ("y", Number((row * (RowHeight + RowGap)) + (RowHeight / 2))),
                    ("dy", "0.32em"),
                    ("text-anchor", "end"));
            }

            WriteHorizontalAxis(markup, horizontal, left, bottom);
        }

        markup.Line();
    }

    // One path per shade instead of one rectangle per value: the file stays small and opens at once.
    private void WriteShades(MarkupWriter markup, AxisScale horizontal, double left)
    {
        StringBuilder[] paths = new StringBuilder[HeatLevels.Count];
        for (int level = 0; level < paths.Length; level++)
        {
            paths[level] = new StringBuilder();
        }

        double columnWidth = (Width - left) / MaxColumns;
        for (int row = 0; row < Rows.Count; row++)
        {
            int[] levels = Levels(Rows[row].Points, horizontal);
            for (int from = 0, to; from < levels.Length; from = to)
            {
                to = from + 1;
                while (to < levels.Length && levels[to] == levels[from])
                {
                    to++;
                }

                if (levels[from] >= 0)
                {
                    SvgPath.Rectangle(
                        paths[levels[from]], left + (from * columnWidth), row * (RowHeight + RowGap), (to - from) * columnWidth, RowHeight);
                }
            }
        }

        for (int level = 0; level < paths.Length; level++)
        {
            markup.EmptyElement(
                "path", ("class", "heat"), ("fill-opacity", Number(HeatLevels.Opacity(level))), ("d", paths[level].ToString()));
        }
    }

    // A column shows the geometric mean of its points; an empty one goes on with the shade before it.
    private int[] Levels(IReadOnlyList<ChartPoint> points, AxisScale horizontal)
    {
        double[] sums = new double[MaxColumns];
        int[] counts = new int[MaxColumns];
        foreach (ChartPoint point in points.Where(point => point.IsDrawable && point.Y > 0))
        {
            int column = Math.Clamp((int)(horizontal.Position(point.X) * MaxColumns), 0, MaxColumns - 1);
            sums[column] += Math.Log(point.Y);
            counts[column]++;
        }

        int[] levels = new int[MaxColumns];
        for (int column = 0; column < MaxColumns; column++)
        {
            levels[column] = counts[column] > 0
                ? HeatLevels.Of(Scale.Position(Math.Exp(sums[column] / counts[column])))
                : column > 0 ? levels[column - 1] : -1;
        }

        return levels;
    }

    private void WriteHorizontalAxis(MarkupWriter markup, AxisScale horizontal, double left, double bottom)
    {
        double[] ticks = horizontal.Ticks(8);
        string[] texts = TickText.Write(ticks);
        for (int i = 0; i < ticks.Length; i++)
        {
            string x = Number(left + ((Width - left) * horizontal.Position(ticks[i])));
            bool atTheEdge = horizontal.Position(ticks[i]) > 0.97;
            markup.EmptyElement("line", ("class", "axis"), ("x1", x), ("x2", x), ("y1", Number(bottom)), ("y2", Number(bottom + 4)));
            markup.TextElement(
                "text", texts[i], ("class", "tick"), ("x", x), ("y", Number(bottom + 17)), ("text-anchor", atTheEdge ? "end" : "middle"));
        }

        markup.TextElement(
            "text",
            HorizontalName,
            ("class", "axis-name"),
            ("x", Number((left + Width) / 2)),
            ("y", Number(bottom + BottomMargin - 5)),
            ("text-anchor", "middle"));
    }
}
