using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>Writes a picture with its heading, a note, and the numbers behind it.</summary>
internal static class Figures
{
    /// <summary>Writes a figure.</summary>
    /// <param name="markup">Where it goes.</param>
    /// <param name="heading">What is shown.</param>
    /// <param name="note">What helps to read it; empty for nothing.</param>
    /// <param name="isWide">Whether it takes the page's whole width.</param>
    /// <param name="picture">Writes the picture.</param>
    /// <param name="numbers">Writes the tables, or <see langword="null"/> where other figures show them.</param>
    public static void Write(MarkupWriter markup, string heading, string note, bool isWide, Action picture, Action? numbers)
    {
        using (markup.Element("figure", ("class", isWide ? "wide" : null)))
        {
            using (markup.Element("figcaption"))
            {
                markup.TextElement("h3", heading);
                if (note.Length > 0)
                {
                    markup.TextElement("p", note, ("class", "note"));
                }
            }

            using (markup.Element("div", ("class", "picture")))
            {
                picture();
            }

            if (numbers is not null)
            {
                using (markup.Element("details"))
                {
                    markup.TextElement("summary", "Numbers");
                    numbers();
                }
            }
        }

        markup.Line();
    }
}
