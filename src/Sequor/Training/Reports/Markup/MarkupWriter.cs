using System.Globalization;
using System.Text;

namespace Sequor.Training.Reports.Markup;

/// <summary>
/// Writes HTML and SVG that are well-formed XML too. Every text and every attribute value is escaped here and nowhere else,
/// and every element that was opened is closed.
/// </summary>
/// <param name="output">Where the markup goes.</param>
internal sealed class MarkupWriter(TextWriter output)
{
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element; dispose the result to close it.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="attributes">Its attributes; one without a value is left out.</param>
    /// <returns>What closes the element.</returns>
    public ElementScope Element(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        StartTag(name, attributes);
        output.Write('>');
        _open.Push(name);
        return new ElementScope(this);
    }

    /// <summary>Writes an element that holds text alone.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="text">The text, not escaped.</param>
    /// <param name="attributes">Its attributes.</param>
    public void TextElement(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        StartTag(name, attributes);
        output.Write('>');
        Text(text);
        output.Write("</");
        output.Write(name);
        output.Write('>');
    }

    /// <summary>Writes an element that holds nothing.</summary>
    /// <param name="name">The element's name.</param>
    /// <param name="attributes">Its attributes.</param>
    public void EmptyElement(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        StartTag(name, attributes);
        output.Write("/>");
    }

    /// <summary>Writes text.</summary>
    /// <param name="text">The text, not escaped.</param>
    public void Text(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            WriteEscaped(rune);
        }
    }

    /// <summary>Breaks the line between two elements, for a reader of the source.</summary>
    public void Line() => output.Write('\n');

    /// <summary>Writes what is markup already and comes from this program, not from its user.</summary>
    /// <param name="markup">The markup.</param>
    public void Trusted(string markup) => output.Write(markup);

    /// <summary>Writes a coordinate with at most two digits after the point.</summary>
    /// <param name="value">The coordinate.</param>
    /// <returns>The text.</returns>
    public static string Number(double value) =>
        (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);

    private void StartTag(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        output.Write('<');
        output.Write(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null)
            {
                output.Write(' ');
                output.Write(attribute);
                output.Write("=\"");
                Text(value);
                output.Write('"');
            }
        }
    }

    // Control characters have no meaning in a page and no place in XML; EnumerateRunes has replaced lone surrogates already.
    private void WriteEscaped(Rune rune)
    {
        string? entity = rune.Value switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\t' or '\n' => null,
            '\r' => "\u240D",
            < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => "\uFFFD",
            _ => null,
        };
        if (entity is not null)
        {
            output.Write(entity);
            return;
        }

        Span<char> units = stackalloc char[2];
        output.Write(units[..rune.EncodeToUtf16(units)]);
    }

    private void Close()
    {
        output.Write("</");
        output.Write(_open.Pop());
        output.Write('>');
    }

    /// <summary>Closes the element that was opened last.</summary>
    /// <param name="writer">The writer it was opened with.</param>
    internal readonly struct ElementScope(MarkupWriter writer) : IDisposable
    {
        /// <summary>Writes the end tag.</summary>
        public void Dispose() => writer.Close();
    }
}
