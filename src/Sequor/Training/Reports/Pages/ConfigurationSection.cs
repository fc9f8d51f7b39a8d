using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>The settings the training ran with, ready to be copied.</summary>
internal static class ConfigurationSection
{
    /// <summary>Writes the configuration.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where it goes.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        using (markup.Element("pre", ("class", "configuration"), ("tabindex", "0"), ("aria-label", "Configuration as YAML")))
        {
            markup.TextElement("code", report.ConfigurationYaml.TrimEnd('\n'));
        }
    }
}
