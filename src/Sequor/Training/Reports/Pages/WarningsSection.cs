using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>What the reader should know before the numbers.</summary>
internal static class WarningsSection
{
    /// <summary>Writes the warnings.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        using (markup.Element("ul", ("class", "warnings")))
        {
            foreach (string warning in report.Warnings)
            {
                markup.TextElement("li", warning, ("dir", "auto"));
            }
        }
    }
}
