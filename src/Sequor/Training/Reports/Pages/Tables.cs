using Sequor.Training.Reports.Markup;

namespace Sequor.Training.Reports.Pages;

/// <summary>Writes tables that read well aloud too: a caption, and a heading for each column and row.</summary>
internal static class Tables
{
    /// <summary>Writes a table.</summary>
    /// <param name="markup">Where it goes.</param>
    /// <param name="caption">What it holds.</param>
    /// <param name="columns">Its columns; the first one names the rows.</param>
    /// <param name="rows">Its rows, a text per column.</param>
    public static void Write(
        MarkupWriter markup, string caption, IReadOnlyList<TableColumn> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        using (markup.Element("div", ("class", "scroll"), ("role", "region"), ("aria-label", caption), ("tabindex", "0")))
        using (markup.Element("table"))
        {
            markup.TextElement("caption", caption);
            using (markup.Element("thead"))
            using (markup.Element("tr"))
            {
                foreach (TableColumn column in columns)
                {
                    markup.TextElement("th", column.Name, ("scope", "col"), ("class", column.IsNumber ? "number" : null));
                }
            }

            using (markup.Element("tbody"))
            {
                foreach (IReadOnlyList<string> row in rows)
                {
                    WriteRow(markup, columns, row);
                }
            }
        }

        markup.Line();
    }

    private static void WriteRow(MarkupWriter markup, IReadOnlyList<TableColumn> columns, IReadOnlyList<string> row)
    {
        using (markup.Element("tr"))
        {
            for (int column = 0; column < columns.Count; column++)
            {
                string? style = columns[column].IsNumber ? "number" : null;
                if (column == 0)
                {
                    markup.TextElement("th", row[column], ("scope", "row"), ("class", style), ("dir", "auto"));
                }
                else
                {
                    markup.TextElement("td", row[column], ("class", style), ("dir", columns[column].IsNumber ? null : "auto"));
                }
            }
        }
    }
}
