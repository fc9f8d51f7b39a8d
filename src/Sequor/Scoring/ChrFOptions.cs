namespace Sequor.Scoring;

/// <summary>Settings of <see cref="ChrF"/>; the defaults are sacreBLEU's.</summary>
public sealed record ChrFOptions
{
    /// <summary>The settings of chrF++: word n-grams up to 2 besides the characters.</summary>
    public static ChrFOptions PlusPlus { get; } = new() { WordOrder = 2 };

    /// <summary>The longest character n-gram, 1 to 64. Default 6.</summary>
    public int CharacterOrder { get; init; } = 6;

    /// <summary>The longest word n-gram, 0 to 64; 0 leaves words out, 2 is chrF++. Default 0.</summary>
    public int WordOrder { get; init; }

    /// <summary>How many times recall weighs as much as precision, 1 or more. Default 2.</summary>
    public int Beta { get; init; } = 2;

    /// <summary>Whether case is ignored. Default false.</summary>
    public bool Lowercase { get; init; }

    /// <summary>Whether spaces count as characters. Default false.</summary>
    public bool Whitespace { get; init; }

    /// <summary>
    /// Whether an order that one side lacks counts as almost zero (chrF++.py, NLTK, Moses) instead of being left out of the mean. Differs for very short
    /// sentences only. Default false.
    /// </summary>
    public bool EpsilonSmoothing { get; init; }

    /// <summary>Lists every fault of these settings.</summary>
    /// <returns>One sentence for each fault; none if all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (CharacterOrder is < 1 or > 64)
            faults.Add($"chrF: CharacterOrder is {CharacterOrder}, but must be 1 to 64.");
        if (WordOrder is < 0 or > 64)
            faults.Add($"chrF: WordOrder is {WordOrder}, but must be 0 to 64.");
        if (Beta < 1)
            faults.Add($"chrF: Beta is {Beta}, but must be 1 or more.");
        return faults;
    }
}
