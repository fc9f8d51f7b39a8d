using System.Globalization;
using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>The whole page: head, heading, key figures and sections.</summary>
internal static class ReportPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">What it shows.</param>
    /// <param name="markup">Where it goes.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        PageSection[] sections = [.. Sections(report).Where(section => section.IsShown)];
        markup.Trusted("<!DOCTYPE html>\n");
        using (markup.Element("html", ("lang", "en")))
        {
            WriteHead(report, markup);
            using (markup.Element("body"))
            {
                WriteHeader(report, markup);
                WriteContents(sections, markup);
                using (markup.Element("main"))
                {
                    foreach (PageSection section in sections)
                    {
                        WriteSection(report, section, markup);
                    }
                }

                markup.TextElement("footer", "Made by Sequor. This page is complete in itself and loads nothing.");
            }
        }

        markup.Line();
    }

    private static PageSection[] Sections(TrainingReport report) =>
    [
        new("warnings", "Warnings", report.Warnings.Count > 0, WarningsSection.Write),
        new("scores", "Scores", report.Metrics.Count > 0, ScoresSection.Write),
        new("curves", "Course of the training", report.Updates.Count > 0 || report.Validations.Count > 0, CurvesSection.Write),
        new("translations", "Translations of unseen sentences", report.Samples.Count > 0, SamplesSection.Write),
        new("attention", "Attention", report.Attention.Count > 0, AttentionSection.Write),
        new("fine-tuning", "Fine-tuning", report.FineTuning is not null, FineTuningSection.Write),
        new("data", "Data", report.Data.Count > 0, DataSection.Write),
        new("model", "Model", report.Model is not null, ModelSection.Write),
        new("machine", "Machine", report.Machine is not null, MachineSection.Write),
        new("configuration", "Configuration", report.ConfigurationYaml.Length > 0, ConfigurationSection.Write),
    ];

    private static void WriteHead(TrainingReport report, MarkupWriter markup)
    {
        using (markup.Element("head"))
        {
            markup.EmptyElement("meta", ("charset", "utf-8"));
            markup.EmptyElement("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            markup.EmptyElement("meta", ("name", "color-scheme"), ("content", "light dark"));

            // Should a text ever slip through unescaped, the browser still runs and fetches nothing.
            markup.EmptyElement(
                "meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'"));
            markup.TextElement("title", report.Title + " · training report");
            using (markup.Element("style"))
            {
                markup.Trusted(PageStyle.Css);
            }
        }

        markup.Line();
    }

    private static void WriteHeader(TrainingReport report, MarkupWriter markup)
    {
        using (markup.Element("header"))
        {
            markup.TextElement("p", "Training report", ("class", "kind"));
            markup.TextElement("h1", report.Title, ("dir", "auto"));
            if (report.Description.Length > 0)
            {
                markup.TextElement("p", report.Description, ("class", "lead"), ("dir", "auto"));
            }

            if (report.Command.Length > 0)
            {
                using (markup.Element("pre", ("class", "command")))
                {
                    markup.TextElement("code", report.Command);
                }
            }

            if (report.Finished is { } finished)
            {
                DateTimeOffset utc = finished.ToUniversalTime();
                using (markup.Element("p", ("class", "note")))
                {
                    markup.Text("Finished ");
                    markup.TextElement(
                        "time",
                        utc.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
                        ("datetime", utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
                }
            }

            KeyFigures.Write(report, markup);
        }

        markup.Line();
    }

    private static void WriteContents(PageSection[] sections, MarkupWriter markup)
    {
        if (sections.Length < 2)
        {
            return;
        }

        using (markup.Element("nav", ("aria-label", "Contents")))
        using (markup.Element("ul"))
        {
            foreach (PageSection section in sections)
            {
                using (markup.Element("li"))
                {
                    markup.TextElement("a", section.Title, ("href", "#" + section.Id));
                }
            }
        }

        markup.Line();
    }

    private static void WriteSection(TrainingReport report, PageSection section, MarkupWriter markup)
    {
        using (markup.Element("section", ("id", section.Id), ("aria-labelledby", section.Id + "-heading")))
        {
            markup.TextElement("h2", section.Title, ("id", section.Id + "-heading"));
            section.Write(report, markup);
        }

        markup.Line();
    }
}
