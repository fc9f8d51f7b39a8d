namespace Sequor.Text.Sentences.Rules;

/// <summary>Which rules belong to which language code.</summary>
internal static class RuleBook
{
    private static readonly Dictionary<string, Lazy<LanguageRules>> _rules = new(StringComparer.Ordinal)
    {
        [""] = Made(General.Words),
        ["en"] = Made(English.Words),
        ["de"] = Made(German.Words),
        ["fr"] = Made(French.Words),
        ["es"] = Made(Romance.Spanish),
        ["it"] = Made(Romance.Italian),
        ["pt"] = Made(Romance.Portuguese),
        ["nl"] = Made(Germanic.Dutch),
        ["sv"] = Made(Germanic.Swedish),
        ["da"] = Made(Germanic.Danish),
        ["nb"] = Made(Germanic.Norwegian),
        ["no"] = Made(Germanic.Norwegian),
        ["nn"] = Made(Germanic.Norwegian),
        ["ru"] = Made(Slavic.Russian),
        ["uk"] = Made(Slavic.Ukrainian),
        ["pl"] = Made(Slavic.Polish),
        ["cs"] = Made(Slavic.Czech),
        ["zh"] = Made(General.Words),
        ["ja"] = Made(General.Words),
        ["el"] = Made(General.Greek),
        ["fi"] = Made(General.WithOrdinals),
        ["et"] = Made(General.WithOrdinals),
        ["hu"] = Made(General.WithOrdinals),
        ["sk"] = Made(General.WithOrdinals),
        ["sl"] = Made(General.WithOrdinals),
        ["hr"] = Made(General.WithOrdinals),
        ["sr"] = Made(General.WithOrdinals),
        ["bs"] = Made(General.WithOrdinals),
        ["lv"] = Made(General.WithOrdinals),
        ["tr"] = Made(General.WithOrdinals),
        ["is"] = Made(General.WithOrdinals),
        ["eu"] = Made(General.WithOrdinals),
    };

    /// <summary>The rules of a language; the general ones where the code is not known.</summary>
    public static LanguageRules Of(string code) => (_rules.GetValueOrDefault(code) ?? _rules[""]).Value;

    private static Lazy<LanguageRules> Made(LanguageWords words) => new(() => new LanguageRules(words));
}
