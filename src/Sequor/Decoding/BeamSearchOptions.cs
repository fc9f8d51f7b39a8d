namespace Sequor.Decoding;

/// <summary>How scores of hypotheses of different lengths are made comparable.</summary>
public enum LengthNormalization
{
    /// <summary>Divided by length^penalty.</summary>
    Power,

    /// <summary>Divided by ((5 + length) / 6)^penalty (Wu et al. 2016, eq. 14).</summary>
    Gnmt,

    /// <summary>Left as they are.</summary>
    None,
}

/// <summary>Beam search.</summary>
public sealed record BeamSearchOptions : SearchOptions
{
    /// <summary>Hypotheses kept per sentence, 1 or more; 1 is greedy search. Default 5.</summary>
    public int BeamSize { get; init; } = 5;

    /// <summary>How scores of different lengths are compared. Default by a power of the length.</summary>
    public LengthNormalization Normalization { get; init; } = LengthNormalization.Power;

    /// <summary>The exponent of the normalisation; 0 leaves scores as they are, larger values prefer longer outputs. Default 1.</summary>
    public float LengthPenalty { get; init; } = 1;

    /// <summary>Weight of the coverage penalty of Wu et al. 2016, eq. 14, 0 or more; 0 for none. Default 0.</summary>
    public float CoveragePenalty { get; init; }

    /// <summary>Groups that the beam is parted into, 1 or more, each of the same size (diverse beam search, Vijayakumar et al. 2016): in every step a group is
    /// charged for pieces that groups before it have just written. 1 for one beam. Default 1.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>What a group is charged for each hypothesis of the groups before it that has written the same piece in the same step, in nats, 0 or more; it steers the
    /// search and is no part of a score. 0 lets all groups find the same. Default 0.5.</summary>
    public float Diversity { get; init; } = 0.5f;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. base.Validate()];
        if (BeamSize < 1)
        {
            faults.Add($"The beam holds {BeamSize} hypotheses; it must hold 1 or more.");
        }
        else if (NBest > BeamSize)
        {
            faults.Add($"A beam of {BeamSize} cannot give {NBest} outputs. Make the beam larger.");
        }

        if (Groups < 1 || BeamSize % Math.Max(1, Groups) != 0)
        {
            faults.Add($"A beam of {BeamSize} cannot be parted into {Groups} groups of the same size. Make the beam a multiple of the groups.");
        }

        if (!(Diversity >= 0) || !float.IsFinite(Diversity))
        {
            faults.Add($"The diversity is {Diversity}; it must be 0 (off) or more.");
        }

        if (!float.IsFinite(LengthPenalty))
        {
            faults.Add($"The length penalty is {LengthPenalty}; it must be a finite number.");
        }

        if (!(CoveragePenalty >= 0))
        {
            faults.Add($"The coverage penalty is {CoveragePenalty}; it must be 0 (off) or more.");
        }

        return faults;
    }

    /// <summary>The score by which finished hypotheses are ranked.</summary>
    /// <param name="logProbability">The sum over all pieces, end sign included.</param>
    /// <param name="length">The number of those pieces.</param>
    internal double Score(double logProbability, int length) => Normalization switch
    {
        LengthNormalization.Power => logProbability / Math.Pow(length, LengthPenalty),
        LengthNormalization.Gnmt => logProbability / Math.Pow((5 + length) / 6.0, LengthPenalty),
        _ => logProbability,
    };
}
