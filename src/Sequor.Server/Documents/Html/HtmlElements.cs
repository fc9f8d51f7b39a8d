using System.Collections.Frozen;

namespace Sequor.Server.Documents.Html;

/// <summary>What the elements of HTML do with the text around and in them.</summary>
internal static class HtmlElements
{
    private static readonly FrozenSet<string> _rawText = Names("script style xmp iframe noembed noframes textarea plaintext");

    private static readonly FrozenSet<string> _skipped = Names("pre svg math object audio video canvas listing");

    private static readonly FrozenSet<string> _verbatim = Names("code kbd samp var tt");

    private static readonly FrozenSet<string> _void = Names("area base br col embed hr img input link meta param source track wbr");

    private static readonly FrozenSet<string> _blocks = Names("""
        address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6
        head header hgroup hr html legend li link main map menu menuitem meta nav noscript ol optgroup option p param picture search section select source summary table tbody td
        template tfoot th thead title tr track ul base area button script style xmp iframe noembed noframes textarea plaintext pre svg math object audio video canvas listing
        """);

    /// <summary>Whether what stands in it is no markup, up to its closing tag.</summary>
    public static bool HasRawText(string name) => _rawText.Contains(name);

    /// <summary>Whether nothing in it is translated.</summary>
    public static bool IsSkipped(string name) => _skipped.Contains(name);

    /// <summary>Whether its text is code or the like: part of a sentence, but not translated.</summary>
    public static bool IsVerbatim(string name) => _verbatim.Contains(name);

    /// <summary>Whether it has no content and no closing tag.</summary>
    public static bool IsVoid(string name) => _void.Contains(name);

    /// <summary>Whether text before and behind its tags does not belong to one sentence. All that are not known are inline, as for browsers.</summary>
    public static bool IsBlock(string name) => _blocks.Contains(name);

    private static FrozenSet<string> Names(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
