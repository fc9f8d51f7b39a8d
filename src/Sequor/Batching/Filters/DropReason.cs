namespace Sequor.Batching;

/// <summary>Why a sentence pair is not learnt from. A pair is counted under the first reason that holds, in this order.</summary>
public enum DropReason
{
    /// <summary>A line is longer than <see cref="CorpusOptions.LineLimitBytes"/>.</summary>
    OverlongLine,

    /// <summary>A side is empty or white space.</summary>
    EmptySide,

    /// <summary>A side has fewer characters than <see cref="CorpusFilters.MinCharacters"/>.</summary>
    TooFewCharacters,

    /// <summary>A side has more characters than <see cref="CorpusFilters.MaxCharacters"/>.</summary>
    TooManyCharacters,

    /// <summary>One side has too many times the characters of the other.</summary>
    CharacterRatio,

    /// <summary>Both sides are the same text.</summary>
    IdenticalSides,

    /// <summary>A side is not written in the script that is expected of it.</summary>
    Script,

    /// <summary>The same pair came before.</summary>
    Duplicate,

    /// <summary>The pair is in <see cref="CorpusOptions.HeldOut"/>.</summary>
    HeldOut,

    /// <summary>A side has fewer tokens than <see cref="CorpusFilters.MinTokens"/>.</summary>
    TooFewTokens,

    /// <summary>A side has more tokens than <see cref="CorpusOptions.MaxSourceTokens"/> or <see cref="CorpusOptions.MaxTargetTokens"/>.</summary>
    TooManyTokens,

    /// <summary>One side has too many times the tokens of the other.</summary>
    TokenRatio,
}

internal static class DropReasons
{
    internal static readonly DropReason[] All = Enum.GetValues<DropReason>();

    internal static string InWords(this DropReason reason) => reason switch
    {
        DropReason.OverlongLine => "line over the limit",
        DropReason.HeldOut => "held out",
        DropReason.EmptySide => "empty side",
        DropReason.TooFewCharacters => "too few characters",
        DropReason.TooManyCharacters => "too many characters",
        DropReason.CharacterRatio => "ratio of characters",
        DropReason.IdenticalSides => "identical sides",
        DropReason.Script => "wrong script",
        DropReason.Duplicate => "duplicate",
        DropReason.TooFewTokens => "too few tokens",
        DropReason.TooManyTokens => "too many tokens",
        DropReason.TokenRatio => "ratio of tokens",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Unknown reason."),
    };
}
