using Sequor.Training.Reports.Markup;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Reports.Pages;

/// <summary>Translations beside their sources and references.</summary>
internal static class SamplesSection
{
    /// <summary>Writes the translations.</summary>
    /// <param name="report">The report.</param>
    /// <param name="markup">Where they go.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        using (markup.Element("ol", ("class", "samples")))
        {
            foreach (SampleTranslation sample in report.Samples)
            {
                WriteSample(markup, sample);
            }
        }
    }

    private static void WriteSample(MarkupWriter markup, SampleTranslation sample)
    {
        using (markup.Element("li"))
        {
            using (markup.Element("dl"))
            {
                WriteLine(markup, "Source", sample.Source, sample.SourceLanguage, null);
                WriteLine(markup, "Translation", sample.Hypothesis, sample.TargetLanguage, "translation");
                if (sample.Reference is { } reference)
                {
                    WriteLine(markup, "Reference", reference, sample.TargetLanguage, null);
                }
            }

            if (sample.Score is { } score)
            {
                using (markup.Element("p", ("class", "score")))
                {
                    markup.TextElement("span", sample.ScoreName);
                    markup.Text(" " + Fixed(score, 1));
                }
            }
        }

        markup.Line();
    }

    private static void WriteLine(MarkupWriter markup, string name, string text, string? language, string? style)
    {
        markup.TextElement("dt", name);
        markup.TextElement("dd", text, ("class", style), ("lang", language), ("dir", "auto"));
    }
}
