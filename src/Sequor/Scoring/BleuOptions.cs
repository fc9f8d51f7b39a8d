namespace Sequor.Scoring;

/// <summary>How BLEU replaces a precision of zero (Chen and Cherry 2014).</summary>
public enum BleuSmoothing
{
    /// <summary><c>exp</c>: the k-th precision without a match counts 1/2^k matches, as mteval-v13a does. The default.</summary>
    Exponential,

    /// <summary><c>floor</c>: no match counts <see cref="BleuOptions.SmoothingValue"/> matches.</summary>
    Floor,

    /// <summary><c>add-k</c>: <see cref="BleuOptions.SmoothingValue"/> is added to matches and n-grams of order 2 and above.</summary>
    AddK,

    /// <summary><c>none</c>: one precision of zero makes the score zero.</summary>
    None,
}

/// <summary>Settings of <see cref="Bleu"/>; the defaults are sacreBLEU's.</summary>
public sealed record BleuOptions
{
    private static readonly string[] _smoothingNames = ["exp", "floor", "add-k", "none"];

    /// <summary>How lines are cut into words. Default <see cref="BleuTokenizer.Mteval13A"/>.</summary>
    public BleuTokenizer Tokenizer { get; init; } = BleuTokenizer.Mteval13A;

    /// <summary>Whether case is ignored. Default false.</summary>
    public bool Lowercase { get; init; }

    /// <summary>How a precision of zero is replaced. Default <see cref="BleuSmoothing.Exponential"/>.</summary>
    public BleuSmoothing Smoothing { get; init; } = BleuSmoothing.Exponential;

    /// <summary>The value of floor (default 0.1) and add-k (default 1), 0 or more; null takes the default.</summary>
    public double? SmoothingValue { get; init; }

    /// <summary>The longest n-gram, 1 to 16. Default 4; BLEU-n has n.</summary>
    public int MaxOrder { get; init; } = 4;

    /// <summary>Whether orders longer than the hypothesis are left out of the mean; turn it on for single sentences. Default false.</summary>
    public bool EffectiveOrder { get; init; }

    /// <summary>Lists every fault of these settings.</summary>
    /// <returns>One sentence for each fault; none if all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (MaxOrder is < 1 or > 16)
            faults.Add($"BLEU: MaxOrder is {MaxOrder}, but must be 1 to 16.");
        if (SmoothingValue is { } value && !(value >= 0 && double.IsFinite(value)))
            faults.Add(FormattableString.Invariant($"BLEU: SmoothingValue is {value}, but must be a number of 0 or more."));
        if (SmoothingValue is not null && Smoothing is not (BleuSmoothing.Floor or BleuSmoothing.AddK))
            faults.Add($"BLEU: SmoothingValue is set, but the smoothing '{_smoothingNames[(int)Smoothing]}' has no value. Use floor or add-k, or leave it out.");
        return faults;
    }

    /// <summary>The smoothing of a name.</summary>
    /// <param name="name"><c>exp</c>, <c>floor</c>, <c>add-k</c> or <c>none</c>.</param>
    /// <returns>The smoothing.</returns>
    /// <exception cref="ArgumentException">No smoothing has this name.</exception>
    public static BleuSmoothing ParseSmoothing(string name)
    {
        int place = Array.IndexOf(_smoothingNames, name);
        return place >= 0
            ? (BleuSmoothing)place
            : throw new ArgumentException($"Unknown BLEU smoothing '{name}'. It must be one of {string.Join(", ", _smoothingNames)}.", nameof(name));
    }

    internal double EffectiveSmoothingValue => SmoothingValue ?? (Smoothing == BleuSmoothing.Floor ? 0.1 : 1);

    internal string SmoothingSignature => Smoothing is BleuSmoothing.Floor or BleuSmoothing.AddK
        ? $"{_smoothingNames[(int)Smoothing]}[{PrintedNumber.Fixed(EffectiveSmoothingValue, 2)}]"
        : _smoothingNames[(int)Smoothing];
}
