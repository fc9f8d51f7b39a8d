using System.Text;
using Sequor.Training.Reports.Markup;
using Sequor.Training.Reports.Pages;

namespace Sequor.Training.Reports;

/// <summary>Writes the report of a training as one HTML page that needs nothing beside itself: no script, no font, no picture, no network.</summary>
public static class HtmlReport
{
    /// <summary>Writes the page into a file; a file that is there is replaced once the new one is whole.</summary>
    /// <param name="report">What the page shows.</param>
    /// <param name="path">The file; its directory must be there.</param>
    /// <exception cref="ArgumentException">An attention map has not one weight per target and source token.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Save(TrainingReport report, string path)
    {
        string unfinished = path + ".unfinished";
        try
        {
            using (StreamWriter output = new(unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                Write(report, output);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Writes the page.</summary>
    /// <param name="report">What the page shows.</param>
    /// <param name="output">Where it goes; the text says that it is UTF-8.</param>
    /// <exception cref="ArgumentException">An attention map has not one weight per target and source token.</exception>
    public static void Write(TrainingReport report, TextWriter output)
    {
        AttentionSection.Check(report.Attention);
        ReportPage.Write(report, new MarkupWriter(output));
    }
}
