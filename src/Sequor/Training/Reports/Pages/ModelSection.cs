using Sequor.Training.Reports.Markup;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Reports.Pages;

/// <summary>What the model is made of.</summary>
internal static class ModelSection
{
    private static readonly TableColumn[] _columns =
        [new("Part"), new("Parameters", IsNumber: true), new("Share, %", IsNumber: true)];

    /// <summary>Writes the model's parts.</summary>
    /// <param name="report">The report; it has a model.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        ModelSummary model = report.Model!;
        Facts.Write(
            markup,
            ("Kind", model.Name),
            ("Parameters", Count(model.Parameters)),
            ("Source vocabulary", model.SourceVocabulary > 0 ? Count(model.SourceVocabulary) + " pieces" : ""),
            ("Target vocabulary", model.TargetVocabulary > 0 ? Count(model.TargetVocabulary) + " pieces" : ""),
            ("SHA-256 of the weights", model.WeightsSha256));
        double all = Math.Max(1, model.Parameters);
        Tables.Write(
            markup,
            "Parameters by part",
            _columns,
            model.Parts.Select(part => new[] { part.Name, Count(part.Parameters), Fixed(100 * part.Parameters / all, 1) }));
    }
}
