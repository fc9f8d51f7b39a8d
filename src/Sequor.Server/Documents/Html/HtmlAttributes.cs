using System.Collections.Frozen;

namespace Sequor.Server.Documents.Html;

/// <summary>Which attributes hold text that people read.</summary>
internal static class HtmlAttributes
{
    private static readonly FrozenSet<string> _texts =
        new[] { "alt", "title", "placeholder", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext", "summary" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> _buttons = new[] { "submit", "button", "reset" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> _metas =
        new[] { "description", "og:title", "og:description", "twitter:title", "twitter:description", "dc.title", "dc.description" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an attribute of a tag is text.</summary>
    /// <param name="source">The document.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="name">The attribute's name.</param>
    public static bool IsText(string source, HtmlToken tag, string name) => name switch
    {
        "value" => tag.Name == "input" && _buttons.Contains(Value(source, tag, "type")),
        "content" => tag.Name == "meta" && (_metas.Contains(Value(source, tag, "name")) || _metas.Contains(Value(source, tag, "property"))),
        "label" => tag.Name is "option" or "optgroup" or "track",
        _ => _texts.Contains(name),
    };

    /// <summary>Whether a page says that an element is not to be translated: <c>translate="no"</c> or the class <c>notranslate</c>.</summary>
    /// <param name="source">The document.</param>
    /// <param name="tag">The element's tag.</param>
    public static bool IsNotTranslated(string source, HtmlToken tag) =>
        Value(source, tag, "translate").Equals("no", StringComparison.OrdinalIgnoreCase)
        || Value(source, tag, "class").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Contains("notranslate", StringComparer.Ordinal);

    private static string Value(string source, HtmlToken tag, string name)
    {
        foreach (HtmlAttribute attribute in HtmlAttribute.Of(source, tag))
        {
            if (attribute.Name == name)
                return attribute.RawValue(source);
        }

        return "";
    }
}
