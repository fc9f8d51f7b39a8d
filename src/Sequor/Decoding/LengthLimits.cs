namespace Sequor.Decoding;

/// <summary>How short and how long an output may be, in pieces without the end sign. Limits come from the sentence's own source, never from its batch.</summary>
public sealed record LengthLimits
{
    /// <summary>The fewest pieces, 0 or more. Default 0.</summary>
    public int Minimum { get; init; }

    /// <summary>The most pieces, 1 or more; null for no absolute limit. Default 256.</summary>
    public int? Maximum { get; init; } = 256;

    /// <summary>The fewest pieces per source piece, 0 or more. Default 0.</summary>
    public double MinimumRatio { get; init; }

    /// <summary>The most pieces per source piece, above 0; <see cref="MaximumExtra"/> comes on top. Default 2.</summary>
    public double MaximumRatio { get; init; } = 2;

    /// <summary>Pieces allowed beyond the ratio, 0 or more. Default 20.</summary>
    public int MaximumExtra { get; init; } = 20;

    /// <summary>Every fault of these limits, as sentences.</summary>
    public IEnumerable<string> Validate()
    {
        if (Minimum < 0 || MinimumRatio < 0)
        {
            yield return $"The minimum length is {Minimum} and {MinimumRatio} per source piece; both must be 0 or more.";
        }

        if (Maximum < 1 || MaximumRatio <= 0 || MaximumExtra < 0)
        {
            yield return $"The maximum length is {Maximum}, {MaximumRatio} per source piece and {MaximumExtra} more; an output needs room for one piece.";
        }
    }

    /// <summary>The limits of one sentence.</summary>
    /// <param name="sourceLength">Its source pieces, without the end sign.</param>
    /// <param name="longestSequence">What the model can write, begin or end sign included.</param>
    internal (int Minimum, int Maximum) For(int sourceLength, int longestSequence)
    {
        double relative = Math.Ceiling(sourceLength * MaximumRatio) + MaximumExtra;
        int maximum = (int)Math.Max(1, Math.Min(Math.Min(Maximum ?? int.MaxValue, relative), longestSequence - 1));
        int minimum = (int)Math.Min(maximum, Math.Max(Minimum, Math.Ceiling(sourceLength * MinimumRatio)));
        return (minimum, maximum);
    }
}
