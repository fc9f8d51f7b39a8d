namespace Sequor.Scoring;

/// <summary>Settings of <see cref="Meteor"/>. The numbers are those of Banerjee and Lavie 2005, as in NLTK.</summary>
public sealed record MeteorOptions
{
    private static readonly Lazy<WordNet?> _installed =
        new(() => WordNet.FindFolder() is { } folder ? WordNet.Load(folder) : null);

    /// <summary>Whether words without an equal are matched by their English stems (Porter). Default true.</summary>
    public bool Stem { get; init; } = true;

    /// <summary>The synonyms by which words are matched at last, or null for none. Default null.</summary>
    public WordNet? Synonyms { get; init; }

    /// <summary>The weight of recall against precision, 0 to 1. Default 0.9.</summary>
    public double Alpha { get; init; } = 0.9;

    /// <summary>The power of the share of chunks in the penalty, above 0. Default 3.</summary>
    public double Beta { get; init; } = 3;

    /// <summary>The greatest penalty, 0 to 1. Default 0.5.</summary>
    public double Gamma { get; init; } = 0.5;

    /// <summary>The defaults, with synonyms where WordNet is installed (<see cref="WordNet.FindFolder"/>); it is read once per process.</summary>
    /// <returns>The settings; the metric's signature says whether synonyms take part.</returns>
    public static MeteorOptions WithInstalledWordNet() => new() { Synonyms = _installed.Value };

    /// <summary>Lists every fault of these settings.</summary>
    /// <returns>One sentence for each fault; none if all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (!(Alpha >= 0 && Alpha <= 1))
            faults.Add(FormattableString.Invariant($"METEOR: Alpha is {Alpha}, but must be 0 to 1."));
        if (!(Beta > 0 && double.IsFinite(Beta)))
            faults.Add(FormattableString.Invariant($"METEOR: Beta is {Beta}, but must be a number above 0."));
        if (!(Gamma >= 0 && Gamma <= 1))
            faults.Add(FormattableString.Invariant($"METEOR: Gamma is {Gamma}, but must be 0 to 1."));
        return faults;
    }
}
