using Sequor.Training.Logs;
using Sequor.Training.Reports.Markup;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Reports.Pages;

/// <summary>The numbers behind the curves.</summary>
internal static class CurveTables
{
    private const int MostRows = 50;

    private static readonly TableColumn[] _validationColumns =
    [
        new("Update", IsNumber: true), new("Epoch", IsNumber: true), new("Loss", IsNumber: true), new("Perplexity", IsNumber: true),
        new("Accuracy, %", IsNumber: true), new("BLEU", IsNumber: true), new("chrF", IsNumber: true), new("Best so far"),
    ];

    private static readonly TableColumn[] _updateColumns =
    [
        new("Update", IsNumber: true), new("Epoch", IsNumber: true), new("Loss", IsNumber: true), new("Perplexity", IsNumber: true),
        new("Learning rate", IsNumber: true), new("Gradient norm", IsNumber: true), new("Tokens/s", IsNumber: true), new("Time", IsNumber: true),
    ];

    /// <summary>Writes the validations and the updates, a selection where there are many.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        if (report.Validations.Count > 0)
        {
            Tables.Write(
                markup,
                Caption("Held-out data", report.Validations.Count),
                _validationColumns,
                CurveData.Spaced(report.Validations, MostRows).Select(Row));
        }

        if (report.Updates.Count > 0)
        {
            Tables.Write(
                markup, Caption("Training", report.Updates.Count), _updateColumns, CurveData.Spaced(report.Updates, MostRows).Select(Row));
        }
    }

    private static string Caption(string name, int entries) => entries <= MostRows
        ? name
        : $"{name}: {MostRows} of {Count(entries)} logged entries, evenly spaced";

    private static string[] Row(ValidationEntry entry) =>
    [
        Count(entry.Update), Count(entry.Epoch), Fixed(entry.Loss, 4), Fixed(entry.Perplexity, 2), Fixed(100 * entry.Accuracy, 1),
        entry.Bleu is { } bleu ? Fixed(bleu, 2) : "", entry.Chrf is { } chrf ? Fixed(chrf, 2) : "", entry.IsBest ? "best" : "",
    ];

    private static string[] Row(TrainingLogEntry entry) =>
    [
        Count(entry.Update), Count(entry.Epoch), Fixed(entry.Loss, 4), Fixed(entry.Perplexity, 2), Significant(entry.LearningRate, 3),
        Fixed(entry.GradientNorm, 3), Count(entry.TargetTokensPerSecond), Duration(entry.ElapsedSeconds),
    ];
}
