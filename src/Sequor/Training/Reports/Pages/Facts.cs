using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>Writes names and what they stand for.</summary>
internal static class Facts
{
    /// <summary>Writes a list of facts.</summary>
    /// <param name="markup">Where it goes.</param>
    /// <param name="facts">The facts; one without a value is left out.</param>
    public static void Write(MarkupWriter markup, params ReadOnlySpan<(string Name, string Value)> facts)
    {
        using (markup.Element("dl", ("class", "facts")))
        {
            foreach ((string name, string value) in facts)
            {
                if (value.Length > 0)
                {
                    markup.TextElement("dt", name);
                    markup.TextElement("dd", value, ("dir", "auto"));
                }
            }
        }

        markup.Line();
    }
}
