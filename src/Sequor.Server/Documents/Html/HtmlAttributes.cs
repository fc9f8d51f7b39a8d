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
    /// <param name="tag">The tag.</param>
    /// <param name="name">The attribute's name.</param>
    /// <param name="saysText">What <see cref="SaysText"/> says of the tag: asked once for a tag, as a tag may have a million attributes.</param>
    public static bool IsText(HtmlToken tag, string name, bool saysText) => name switch
    {
        "value" => saysText && tag.Name == "input",
        "content" => saysText && tag.Name == "meta",
        "label" => tag.Name is "option" or "optgroup" or "track",
        _ => _texts.Contains(name),
    };

    /// <summary>Whether an <c>input</c> is a button, whose value is its label, or a <c>meta</c> holds a title or a description.</summary>
    /// <param name="source">The document.</param>
    /// <param name="tag">The tag.</param>
    public static bool SaysText(string source, HtmlToken tag) => tag.Name switch
    {
        "input" => _buttons.Contains(Value(source, tag, "type")),
        "meta" => _metas.Contains(Value(source, tag, "name")) || _metas.Contains(Value(source, tag, "property")),
        _ => false,
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
