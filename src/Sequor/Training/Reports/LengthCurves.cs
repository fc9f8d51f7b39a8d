using Sequor.Scoring;
using Sequor.Training.Logs;
using Sequor.Training.Reports.Charts;
using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports;

/// <summary>How well systems translate sentences of each length: the figure of Bahdanau et al. (2015), from one's own data.</summary>
/// <param name="Systems">Each system's name and its buckets, which are those of the same sources and metrics; one or more.</param>
public sealed record LengthCurves(IReadOnlyList<(string Name, IReadOnlyList<LengthBucket> Buckets)> Systems)
{
    private const int Colours = 4;

    /// <summary>Draws the curves of one metric as an SVG file of its own, with a title and the numbers as its description.</summary>
    /// <param name="output">Where the file's text goes; it says that it is UTF-8.</param>
    /// <param name="metric">Which of the buckets' scores, from 0. Default 0.</param>
    /// <exception cref="ArgumentException">There is no system, no bucket, or no such metric.</exception>
    public void WriteSvg(TextWriter output, int metric = 0)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Systems.Count == 0 || Systems.Any(system => system.Buckets.Count == 0 || metric < 0 || metric >= system.Buckets[0].Scores.Count))
            throw new ArgumentException("Curves by length need a system with buckets that are scored by the metric.", nameof(metric));

        string name = Systems[0].Buckets[0].Scores[metric].Name;
        ChartSeries[] series =
        [
            .. Systems.Select((system, i) => new ChartSeries(
                system.Name, [.. system.Buckets.Select(bucket => new ChartPoint(bucket.MeanWords, bucket.Scores[metric].Score))])
            {
                Colour = 1 + (i % Colours),
                HasMarkers = true,
            }),
        ];
        new LineChart
        {
            Id = "by-length",
            Title = $"{name} by length of the source",
            Description = string.Join(" ", Systems.Select(system => InWords(system.Name, system.Buckets, metric))),
            HorizontalName = "words of the source",
            Series = series,
            Vertical = AxisScale.Linear(series.SelectMany(one => one.Points).Select(point => point.Y), fromZero: true, roundEnds: 5),
            Width = 640,
            Height = 360,
            RightMargin = 24 + (7.5 * Systems.Max(system => system.Name.Length)),
            Style = PictureStyle.Css,
        }.Write(new MarkupWriter(output));
    }

    /// <summary>The length of a bucket's sources as text: <c>11-20</c>, <c>61+</c>.</summary>
    /// <param name="bucket">The bucket.</param>
    public static string LengthsOf(LengthBucket bucket)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return bucket.Longest is { } longest
            ? FormattableString.Invariant($"{bucket.Shortest}-{longest}")
            : FormattableString.Invariant($"{bucket.Shortest}+");
    }

    private static string InWords(string name, IReadOnlyList<LengthBucket> buckets, int metric) => $"{name}: " + string.Join(", ", buckets.Select(bucket =>
        FormattableString.Invariant($"{LogText.Fixed(bucket.Scores[metric].Score, 1)} for {LengthsOf(bucket)} words ({bucket.Sentences} sentences)"))) + ".";
}
