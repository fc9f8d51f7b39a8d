namespace Sequor.Scoring;

/// <summary>Settings of <see cref="Ter"/>; the defaults are those of Tercom and sacreBLEU.</summary>
public sealed record TerOptions
{
    /// <summary>Whether punctuation is cut off and XML escapes are undone before words are compared. Default false.</summary>
    public bool Normalized { get; init; }

    /// <summary>Whether the marks <c>. , ? : ; ! " ( )</c> are removed. Default false.</summary>
    public bool NoPunctuation { get; init; }

    /// <summary>
    /// Whether <see cref="Normalized"/> makes each Chinese character and kanji a word, and <see cref="NoPunctuation"/> removes East Asian marks as well.
    /// Without either of them it does nothing. Default false.
    /// </summary>
    public bool AsianSupport { get; init; }

    /// <summary>Whether case counts. Default false.</summary>
    public bool CaseSensitive { get; init; }
}
