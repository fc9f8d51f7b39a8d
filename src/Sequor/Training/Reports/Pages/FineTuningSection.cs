using Sequor.Training.Reports.Markup;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Reports.Pages;

/// <summary>What fine-tuning gained on the new domain and lost on the old one.</summary>
internal static class FineTuningSection
{
    private static readonly TableColumn[] _columns =
    [
        new("Test set"), new("Measure"), new("Parent", IsNumber: true), new("Fine-tuned", IsNumber: true), new("Change", IsNumber: true), new("In words"),
    ];

    /// <summary>Writes the comparison.</summary>
    /// <param name="report">The report; it has a comparison.</param>
    /// <param name="markup">Where it goes.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        FineTuningComparison comparison = report.FineTuning!;
        using (markup.Element("p"))
        {
            markup.Text("The training began with the weights of ");
            markup.TextElement("code", comparison.Parent);
            markup.Text(".");
        }

        Tables.Write(
            markup,
            "Parent and fine-tuned model on the same test sets",
            _columns,
            comparison.Scores.Select(score => new[]
            {
                score.TestSet, score.Metric, Fixed(score.Parent, 2), Fixed(score.Tuned, 2), Change(score), InWords(score),
            }));
    }

    private static string Change(FineTuningScore score)
    {
        double change = Math.Round(score.Tuned - score.Parent, 2);
        return change switch
        {
            > 0 => "+" + Fixed(change, 2),
            < 0 => "\u2212" + Fixed(-change, 2),
            _ => Fixed(Math.Abs(change), 2),
        };
    }

    private static string InWords(FineTuningScore score) => Math.Round(score.Gain, 2) switch
    {
        > 0 => "gained",
        < 0 => "lost",
        0 => "unchanged",
        _ => "",
    };
}
