namespace Sequor.Text.Languages;

/// <summary>The languages that somebody chooses from.</summary>
internal sealed class LanguageChoice
{
    private readonly Dictionary<string, string>? _given;

    /// <summary>Prepares a choice.</summary>
    /// <param name="among">Codes as they were given; null for all languages.</param>
    public LanguageChoice(IReadOnlyCollection<string>? among)
    {
        if (among is null)
            return;
        _given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string code in among)
            _given.TryAdd(Primary(code), code);
    }

    /// <summary>The code that a language is told by; null where it is not among the choice.</summary>
    /// <param name="language">One of the identifier's codes.</param>
    public string? NameOf(string language) => _given is null ? language : _given.GetValueOrDefault(language);

    /// <summary>Norwegian is known by its more frequent written form, Filipino by Tagalog.</summary>
    private static string Primary(string code) => code.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "no" => "nb",
        "fil" => "tl",
        "iw" => "he",
        "in" => "id",
        "zt" => "zh",
        var primary => primary,
    };
}
