using Sequor.Training.Reports.Markup;
using static Sequor.Training.Reports.Markup.MarkupWriter;

namespace Sequor.Training.Reports.Charts;

/// <summary>Curves over one axis, drawn as SVG with a name beside each curve's end.</summary>
internal sealed record LineChart
{
    private const double TopMargin = 14;
    private const double BottomMargin = 38;
    private const double LabelDistance = 15;

    /// <summary>A word that is this chart's alone on its page, for the ids of its title and description.</summary>
    public required string Id { get; init; }

    /// <summary>What is shown, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be seen, in a sentence, for those who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>The words under the horizontal axis.</summary>
    public required string HorizontalName { get; init; }

    /// <summary>The curves; the last one is drawn on top.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Where values stand on the vertical axis.</summary>
    public required AxisScale Vertical { get; init; }

    /// <summary>Width in pixels. Default 920.</summary>
    public double Width { get; init; } = 920;

    /// <summary>Height in pixels. Default 300.</summary>
    public double Height { get; init; } = 300;

    /// <summary>Room for the names to the right of the curves, in pixels. Default 112.</summary>
    public double RightMargin { get; init; } = 112;

    /// <summary>The style sheet of a file of its own; null within a page, which has one. Default null.</summary>
    public string? Style { get; init; }

    /// <summary>Draws the chart.</summary>
    /// <param name="markup">Where it goes.</param>
    public void Write(MarkupWriter markup)
    {
        AxisScale horizontal = AxisScale.Linear(Series.SelectMany(series => series.Points).Select(point => point.X), fromZero: true);
        double[] ticks = Vertical.Ticks(5);
        string[] tickTexts = Vertical.IsLogarithmic ? TickText.WriteEach(ticks) : TickText.Write(ticks);
        Frame frame = new(
            Left: 14 + (7.2 * tickTexts.Select(text => text.Length).DefaultIfEmpty(1).Max()),
            Right: Width - RightMargin,
            Top: TopMargin,
            Bottom: Height - BottomMargin,
            horizontal,
            Vertical);
        using (markup.Element(
            "svg",
            ("xmlns", Style is null ? null : PictureStyle.Namespace),
            ("width", Style is null ? null : Number(Width)),
            ("height", Style is null ? null : Number(Height)),
            ("viewBox", $"0 0 {Number(Width)} {Number(Height)}"),
            ("class", "chart"),
            ("role", "img"),
            ("aria-labelledby", $"{Id}-title {Id}-description")))
        {
            markup.TextElement("title", Title, ("id", Id + "-title"));
            if (Style is not null)
            {
                markup.TextElement("style", Style);
            }

            markup.TextElement("desc", Description, ("id", Id + "-description"));
            WriteVerticalAxis(markup, frame, ticks, tickTexts);
            WriteHorizontalAxis(markup, frame);
            foreach (ChartSeries series in Series)
            {
                WriteCurve(markup, frame, series);
            }

            WriteNames(markup, frame);
        }

        markup.Line();
    }

    private static void WriteVerticalAxis(MarkupWriter markup, Frame frame, double[] ticks, string[] texts)
    {
        for (int i = 0; i < ticks.Length; i++)
        {
            string y = Number(frame.Y(ticks[i]));
            markup.EmptyElement("line", ("class", "grid"), ("x1", Number(frame.Left)), ("x2", Number(frame.Right)), ("y1", y), ("y2", y));
            markup.TextElement(
                "text", texts[i], ("class", "tick"), ("x", Number(frame.Left - 8)), ("y", y), ("dy", "0.32em"), ("text-anchor", "end"));
        }
    }

    private void WriteHorizontalAxis(MarkupWriter markup, Frame frame)
    {
        double[] ticks = frame.Horizontal.Ticks(Width > 600 ? 8 : 4);
        string[] texts = TickText.Write(ticks);
        string bottom = Number(frame.Bottom);
        markup.EmptyElement(
            "line", ("class", "axis"), ("x1", Number(frame.Left)), ("x2", Number(frame.Right)), ("y1", bottom), ("y2", bottom));
        for (int i = 0; i < ticks.Length; i++)
        {
            string x = Number(frame.X(ticks[i]));
            markup.EmptyElement("line", ("class", "axis"), ("x1", x), ("x2", x), ("y1", bottom), ("y2", Number(frame.Bottom + 4)));
            markup.TextElement(
                "text", texts[i], ("class", "tick"), ("x", x), ("y", Number(frame.Bottom + 17)), ("text-anchor", "middle"));
        }

        markup.TextElement(
            "text",
            HorizontalName,
            ("class", "axis-name"),
            ("x", Number((frame.Left + frame.Right) / 2)),
            ("y", Number(Height - 5)),
            ("text-anchor", "middle"));
    }

    private static void WriteCurve(MarkupWriter markup, Frame frame, ChartSeries series)
    {
        List<ChartPoint> placed =
            [.. Downsampling.KeepExtremes(series.Points).Select(point => new ChartPoint(frame.X(point.X), frame.Y(point.Y)))];
        string style = $"curve colour-{Number(series.Colour)}" + (series.IsFaint ? " faint" : "");
        markup.EmptyElement("path", ("class", style), ("d", SvgPath.Line(placed)));
        if (!series.HasMarkers)
        {
            return;
        }

        foreach (ChartPoint point in placed.Where(point => point.IsDrawable))
        {
            markup.EmptyElement(
                "circle", ("class", $"marker colour-{Number(series.Colour)}"), ("cx", Number(point.X)), ("cy", Number(point.Y)), ("r", "2.6"));
        }
    }

    private void WriteNames(MarkupWriter markup, Frame frame)
    {
        (ChartSeries Series, ChartPoint End)[] named =
        [
            .. Series
                .Where(series => series.Name.Length > 0 && series.Points.Any(point => !double.IsNaN(frame.Y(point.Y)) && point.IsDrawable))
                .Select(series => (series, series.Points.Last(point => point.IsDrawable && !double.IsNaN(frame.Y(point.Y))))),
        ];
        double[] places = LabelPlacement.Spread(
            [.. named.Select(name => frame.Y(name.End.Y))], LabelDistance, frame.Top, frame.Bottom - 4);
        for (int i = 0; i < named.Length; i++)
        {
            markup.TextElement(
                "text",
                named[i].Series.Name,
                ("class", $"name colour-{Number(named[i].Series.Colour)}"),
                ("x", Number(frame.Right + 8)),
                ("y", Number(places[i])),
                ("dy", "0.32em"));
        }
    }

    private sealed record Frame(double Left, double Right, double Top, double Bottom, AxisScale Horizontal, AxisScale Vertical)
    {
        public double X(double value) => Left + ((Right - Left) * Horizontal.Position(value));

        public double Y(double value) => Bottom - ((Bottom - Top) * Vertical.Position(value));
    }
}
