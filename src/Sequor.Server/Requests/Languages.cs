namespace Sequor.Server.Requests;

/// <summary>Codes of languages as clients write them.</summary>
internal static class Languages
{
    private static readonly Dictionary<string, string> _names = Table(
        "ar Arabic; bg Bulgarian; ca Catalan; cs Czech; da Danish; de German; el Greek; en English; eo Esperanto; es Spanish; " +
        "et Estonian; eu Basque; fa Persian; fi Finnish; fr French; ga Irish; gl Galician; he Hebrew; hi Hindi; hr Croatian; " +
        "hu Hungarian; id Indonesian; is Icelandic; it Italian; ja Japanese; ko Korean; la Latin; lt Lithuanian; lv Latvian; " +
        "mk Macedonian; ms Malay; nb Norwegian Bokmål; nl Dutch; no Norwegian; pl Polish; pt Portuguese; ro Romanian; ru Russian; " +
        "sk Slovak; sl Slovenian; sq Albanian; sr Serbian; sv Swedish; th Thai; tr Turkish; uk Ukrainian; ur Urdu; vi Vietnamese; " +
        "zh Chinese; zh-hant Chinese (traditional)");

    // Of the two ways to write Chinese the bare code means the simplified one, as clients of translation services have it.
    private static readonly Dictionary<string, string> _aliases = Table("zh-hans zh; zh-cn zh; zh-sg zh; zt zh-hant; zh-tw zh-hant; zh-hk zh-hant; iw he; in id; ji yi");

    /// <summary>The code that stands for a language whatever region, case or alias is written.</summary>
    /// <param name="code">A code, such as <c>en-US</c> or <c>zh_Hans</c>.</param>
    internal static string Normalize(string code)
    {
        string plain = code.Trim().Replace('_', '-').ToLowerInvariant();
        if (_aliases.TryGetValue(plain, out string? same))
        {
            return same;
        }

        string[] parts = plain.Split('-');
        return parts is ["zh", "hant", ..] ? "zh-hant" : parts is ["zh", "hans", ..] ? "zh" : _aliases.GetValueOrDefault(parts[0], parts[0]);
    }

    /// <summary>Whether a language that is asked for is that of a model.</summary>
    /// <param name="asked">What is asked for; null for any.</param>
    /// <param name="own">The model's; null where nobody says.</param>
    internal static bool Fits(string? asked, string? own) => asked is null || (own is not null && Normalize(asked) == Normalize(own));

    /// <summary>What a language is called in English; its code where that is not known.</summary>
    /// <param name="code">Its code.</param>
    internal static string Name(string code) => _names.GetValueOrDefault(Normalize(code), code);

    private static Dictionary<string, string> Table(string entries) => entries.Split("; ").ToDictionary(
        entry => entry[..entry.IndexOf(' ', StringComparison.Ordinal)], entry => entry[(entry.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);
}
