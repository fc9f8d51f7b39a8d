namespace Sequor.Batching;

/// <summary>Which sentence pairs are learnt from. Characters are code points, after lower-casing and normalisation and before prefixes.</summary>
public sealed record CorpusFilters
{
    /// <summary>Drop pairs with a side that is empty or white space. Default true.</summary>
    public bool DropEmptySides { get; init; } = true;

    /// <summary>Fewest characters of a side; 0 asks for none. Default 0.</summary>
    public int MinCharacters { get; init; }

    /// <summary>Most characters of a side; 0 sets no limit. Default 0.</summary>
    public int MaxCharacters { get; init; }

    /// <summary>Most characters of the longer side per character of the shorter, 1 or more; 0 sets no limit. Default 0.</summary>
    public double MaxCharacterRatio { get; init; }

    /// <summary>Fewest tokens of a side; 0 asks for none. Default 0.</summary>
    public int MinTokens { get; init; }

    /// <summary>Most tokens of the longer side per token of the shorter, 1 or more; 0 sets no limit. Default 0.</summary>
    public double MaxTokenRatio { get; init; }

    /// <summary>Drop pairs whose sides are the same text. Default false.</summary>
    public bool DropIdenticalSides { get; init; }

    /// <summary>Drop a pair that came before, in any of the corpora. Default false.</summary>
    public bool DropDuplicates { get; init; }

    /// <summary>Different pairs remembered to find duplicates, 1 or more, at 16 bytes each; later ones are compared but not remembered. Default 16,777,216.</summary>
    public int RememberedPairs { get; init; } = 1 << 24;

    /// <summary>Scripts the source is written in; empty accepts any. Default empty.</summary>
    public IReadOnlyList<Script> SourceScripts { get; init; } = [];

    /// <summary>Scripts the target is written in; empty accepts any. Default empty.</summary>
    public IReadOnlyList<Script> TargetScripts { get; init; } = [];

    /// <summary>Smallest share of a side's letters in its scripts, 0 to 1; a side without letters passes. Default 0.5.</summary>
    public double MinScriptShare { get; init; } = 0.5;

    /// <summary>Every fault of these filters as a sentence; empty when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        RequireNotNegative(faults, MinCharacters, "fewest characters");
        RequireNotNegative(faults, MaxCharacters, "most characters");
        RequireNotNegative(faults, MinTokens, "fewest tokens");
        RequireRatio(faults, MaxCharacterRatio, "characters");
        RequireRatio(faults, MaxTokenRatio, "tokens");
        if (MaxCharacters > 0 && MaxCharacters < MinCharacters)
            faults.Add($"At least {MinCharacters} and at most {MaxCharacters} characters: no sentence can have both.");
        if (RememberedPairs < 1)
            faults.Add($"{RememberedPairs} pairs are remembered to find duplicates; it must be 1 or more.");
        if (!(MinScriptShare is >= 0 and <= 1))
            faults.Add(FormattableString.Invariant($"The smallest share of letters in the expected scripts is {MinScriptShare}; it must be 0 to 1."));
        return faults;
    }

    private static void RequireNotNegative(List<string> faults, int value, string what)
    {
        if (value < 0)
            faults.Add($"The {what} of a side are {value}; it must be 0 (off) or more.");
    }

    private static void RequireRatio(List<string> faults, double value, string what)
    {
        if (value != 0 && !(value >= 1))
            faults.Add(FormattableString.Invariant($"The largest ratio of {what} is {value}; it must be 0 (off) or 1 and more."));
    }
}
