using System.Globalization;

namespace Sequor.Configuration;

/// <summary>The whole numbers a setting may have, both ends included.</summary>
/// <param name="Minimum">The smallest allowed.</param>
/// <param name="Maximum">The largest allowed.</param>
public readonly record struct IntegerBounds(long Minimum, long Maximum)
{
    /// <summary>Whether <paramref name="value"/> is allowed.</summary>
    public bool Contain(long value) => value >= Minimum && value <= Maximum;

    /// <summary>The bounds as a fault says them: <c>from 1 to 64</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"from {Minimum} to {Maximum}");
}

/// <summary>The numbers a setting may have. Infinity and NaN are never allowed.</summary>
/// <param name="Minimum">The lower end.</param>
/// <param name="Maximum">The upper end; infinity where there is none.</param>
/// <param name="AboveMinimum">Whether the lower end itself is excluded.</param>
/// <param name="BelowMaximum">Whether the upper end itself is excluded.</param>
public readonly record struct NumberBounds(
    double Minimum, double Maximum = double.PositiveInfinity, bool AboveMinimum = false, bool BelowMaximum = false)
{
    /// <summary>A share of something: from 0 to 1, both included.</summary>
    public static NumberBounds Share { get; } = new(0, 1);

    /// <summary>A rate at which something is dropped or forgotten: at least 0 and below 1.</summary>
    public static NumberBounds Rate { get; } = new(0, 1, BelowMaximum: true);

    /// <summary>Anything above 0.</summary>
    public static NumberBounds Positive { get; } = new(0, AboveMinimum: true);

    /// <summary>0 or more.</summary>
    public static NumberBounds NotNegative { get; } = new(0);

    /// <summary>Whether <paramref name="value"/> is allowed.</summary>
    public bool Contain(double value) => double.IsFinite(value)
        && (AboveMinimum ? value > Minimum : value >= Minimum)
        && (BelowMaximum ? value < Maximum : value <= Maximum);

    /// <summary>The bounds as a fault says them: <c>of at least 0 and below 1</c>.</summary>
    public override string ToString()
    {
        string lower = string.Create(CultureInfo.InvariantCulture, $"{(AboveMinimum ? "above" : "of at least")} {Minimum}");
        return double.IsPositiveInfinity(Maximum)
            ? lower
            : string.Create(CultureInfo.InvariantCulture, $"{lower} and {(BelowMaximum ? "below" : "at most")} {Maximum}");
    }
}
