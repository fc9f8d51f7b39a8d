using Sequor.Training.Logs;
using Sequor.Training.Reports.Charts;
using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>How loss, learning rate, speed and gradient went over the updates.</summary>
internal static class CurvesSection
{
    private const string Updates = "updates";
    private const double HalfWidth = 470;
    private const double HalfHeight = 230;

    /// <summary>Writes the charts.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        using (markup.Element("div", ("class", "figure-grid")))
        {
            WriteLoss(report, markup);
            WriteHeldOutScores(report.Validations, markup);
            if (report.Updates.Count > 0)
            {
                WriteSpeed(report.Updates, markup);
                WriteLearningRate(report.Updates, markup);
                WriteGradient(report.Updates, markup);
                DistanceFigures.Write(report.Updates, markup);
                LayersFigure.Write(report.Updates, markup);
            }
        }
    }

    private static void WriteLoss(TrainingReport report, MarkupWriter markup)
    {
        List<ChartSeries> series = [.. CurveData.Smoothed(report.Updates, "training", entry => entry.Loss)];
        series.Add(CurveData.Held(report.Validations, "held-out", 2, entry => entry.Loss));
        LineChart chart = new()
        {
            Id = "loss",
            Title = "Loss by update",
            Description = LossInWords(report),
            HorizontalName = Updates,
            Series = series,
            Vertical = AxisScale.Linear(Values(series), roundEnds: 5),
            RightMargin = 74,
        };
        string note = series.Any(one => one.IsFaint)
            ? "Nats per target token. The faint line is single updates, the strong one their running mean."
            : "Nats per target token.";
        Figures.Write(markup, "Loss", note, isWide: true, () => chart.Write(markup), () => CurveTables.Write(report, markup));
    }

    private static void WriteHeldOutScores(IReadOnlyList<ValidationEntry> validations, MarkupWriter markup)
    {
        if (validations.Count == 0)
        {
            return;
        }

        ChartSeries bleu = CurveData.Held(validations, "BLEU", 2, entry => entry.Bleu);
        ChartSeries chrf = CurveData.Held(validations, "chrF", 3, entry => entry.Chrf);
        ChartSeries accuracy = CurveData.Held(validations, "accuracy, %", 4, entry => 100 * entry.Accuracy);
        ChartSeries[] series = [.. new[] { accuracy, chrf, bleu }.Where(one => one.Points.Count > 0)];
        WriteHalf(markup, "Held-out scores", "Percent. Accuracy is of the next token, the rest of decoded text.", new LineChart
        {
            Id = "held-out",
            Title = "Scores on held-out data by update",
            Description = $"{series.Length} curves of scores from 0 to 100 over {validations.Count} validations.",
            HorizontalName = Updates,
            Series = series,
            Vertical = AxisScale.Linear(Values(series), fromZero: true, roundEnds: 4),
            RightMargin = 92,
        });
    }

    private static void WriteSpeed(IReadOnlyList<TrainingLogEntry> updates, MarkupWriter markup)
    {
        ChartSeries[] series = CurveData.Smoothed(updates, "", entry => entry.TargetTokensPerSecond);
        WriteHalf(markup, "Speed", "Real target tokens per second of wall time.", new LineChart
        {
            Id = "speed",
            Title = "Target tokens per second by update",
            Description = "The speed of the training over the updates.",
            HorizontalName = Updates,
            Series = series,
            Vertical = AxisScale.Linear(Values(series), fromZero: true, roundEnds: 4),
        });
    }

    private static void WriteLearningRate(IReadOnlyList<TrainingLogEntry> updates, MarkupWriter markup)
    {
        ChartSeries series = new("", CurveData.Points(updates, entry => entry.LearningRate));
        WriteHalf(markup, "Learning rate", "The rate each update was made with.", new LineChart
        {
            Id = "learning-rate",
            Title = "Learning rate by update",
            Description = "The learning rate over the updates.",
            HorizontalName = Updates,
            Series = [series],
            Vertical = AxisScale.Linear(Values([series]), fromZero: true, roundEnds: 4),
        });
    }

    private static void WriteGradient(IReadOnlyList<TrainingLogEntry> updates, MarkupWriter markup)
    {
        double[] norms = [.. updates.Select(entry => entry.GradientNorm).Where(value => double.IsFinite(value) && value > 0)];
        bool isLogarithmic = norms.Length > 0 && norms.Max() > 10 * norms.Min();
        ChartSeries[] series = CurveData.Smoothed(updates, "", entry => entry.GradientNorm, isLogarithmic);
        WriteHalf(markup, "Gradient norm", isLogarithmic ? "Before clipping; logarithmic scale." : "Before clipping.", new LineChart
        {
            Id = "gradient",
            Title = "Gradient norm by update",
            Description = "The Euclidean norm of the whole gradient before clipping, over the updates.",
            HorizontalName = Updates,
            Series = series,
            Vertical = isLogarithmic ? AxisScale.Logarithmic(norms) : AxisScale.Linear(norms, fromZero: true, roundEnds: 4),
        });
    }

    private static void WriteHalf(MarkupWriter markup, string heading, string note, LineChart chart)
    {
        LineChart half = chart with { Width = HalfWidth, Height = HalfHeight, RightMargin = chart.RightMargin < 100 ? chart.RightMargin : 14 };
        Figures.Write(markup, heading, note, isWide: false, () => half.Write(markup), numbers: null);
    }

    private static IEnumerable<double> Values(IEnumerable<ChartSeries> series) =>
        series.SelectMany(one => one.Points).Select(point => point.Y);

    private static string LossInWords(TrainingReport report)
    {
        string training = report.Updates.Count > 0
            ? $"Training loss goes from {LogText.Fixed(report.Updates[0].Loss, 2)} to {LogText.Fixed(report.Updates[^1].Loss, 2)} nats per token. "
            : "";
        string heldOut = report.Validations.Count > 0
            ? $"Held-out loss goes from {LogText.Fixed(report.Validations[0].Loss, 2)} to {LogText.Fixed(report.Validations[^1].Loss, 2)}."
            : "";
        return training + heldOut;
    }
}
