using Sequor.Decoding.Constraints;

namespace Sequor.Decoding;

/// <summary>What all ways of decoding have in common.</summary>
public abstract record SearchOptions
{
    /// <summary>Outputs returned for each source, best first, 1 or more. Default 1.</summary>
    public int NBest { get; init; } = 1;

    /// <summary>How short and how long outputs may be.</summary>
    public LengthLimits Length { get; init; } = new();

    /// <summary>No run of this many pieces comes twice in an output; 0 for no such rule. Default 0.</summary>
    public int NoRepeatNgram { get; init; }

    /// <summary>Logits of pieces already written are divided by this when positive and multiplied when negative (Keskar et al. 2019), above 0;
    /// 1 leaves them. Default 1.</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>Pieces that are never written. Default none.</summary>
    public IReadOnlyList<int> BannedIds { get; init; } = [];

    /// <summary>What every output must keep to. Default nothing.</summary>
    public IReadOnlyList<OutputConstraint> Constraints { get; init; } = [];

    /// <summary>Whether hypotheses carry their attention to the source, for alignments and the replacement of unknown pieces. Default false.</summary>
    public bool RecordAttention { get; init; }

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public virtual IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. Length.Validate()];
        if (NBest < 1)
        {
            faults.Add($"{NBest} outputs are asked for; at least 1 is needed.");
        }

        if (NoRepeatNgram < 0)
        {
            faults.Add($"The n-gram that may not repeat has {NoRepeatNgram} pieces; it must be 0 (off) or more.");
        }

        if (!(RepetitionPenalty > 0))
        {
            faults.Add($"The repetition penalty is {RepetitionPenalty}; it must be above 0, and 1 turns it off.");
        }

        return faults;
    }

    internal void ThrowIfInvalid()
    {
        if (Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults));
        }
    }
}

/// <summary>Greedy search: the most probable piece at every step.</summary>
public sealed record GreedySearchOptions : SearchOptions
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate() =>
        NBest == 1 ? base.Validate() : [.. base.Validate(), $"Greedy search finds 1 output, but {NBest} are asked for; use a beam."];
}

/// <summary>Ancestral sampling, from all pieces or from the most probable ones.</summary>
public sealed record SamplingSearchOptions : SearchOptions
{
    /// <summary>What logits are divided by, above 0; below 1 sharpens the distribution. Default 1.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Only so many of the most probable pieces are drawn from; 0 for all (Fan et al. 2018). Default 0.</summary>
    public int TopK { get; init; }

    /// <summary>Only the most probable pieces that together have this probability are drawn from, above 0 to 1; 1 for all (Holtzman et al. 2020). Default 1.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Only pieces that are at least this many times as probable as the most probable one are drawn, 0 to 1; 0 for all (Nguyen et al. 2024). Default 0.</summary>
    public float MinP { get; init; }

    /// <summary>Only the pieces whose surprise is nearest to the expected one and that together have this probability are drawn, above 0 to 1; 1 for all
    /// (locally typical sampling, Meister et al. 2023). Default 1.</summary>
    public float TypicalP { get; init; } = 1;

    /// <summary>Only pieces of this probability or more are drawn, 0 to below 1; 0 for all (epsilon sampling, Hewitt et al. 2022). Default 0.</summary>
    public float Epsilon { get; init; }

    /// <summary>What the draws are keyed by, with the sentence's number, the sample and the step. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. base.Validate()];
        if (!(Temperature > 0) || !float.IsFinite(Temperature))
        {
            faults.Add($"The temperature is {Temperature}; it must be above 0.");
        }

        if (TopK < 0)
        {
            faults.Add($"Sampling from the {TopK} most probable pieces: the number must be 0 (all) or more.");
        }

        if (!(TopP is > 0 and <= 1))
        {
            faults.Add($"Sampling from a probability of {TopP}: it must be above 0 and at most 1 (all).");
        }

        if (!(MinP is >= 0 and <= 1))
        {
            faults.Add($"Sampling from pieces {MinP} times as probable as the best: the factor must be 0 (all) to 1.");
        }

        if (!(TypicalP is > 0 and <= 1))
        {
            faults.Add($"Typical sampling from a probability of {TypicalP}: it must be above 0 and at most 1 (all).");
        }

        if (!(Epsilon is >= 0 and < 1))
        {
            faults.Add($"Sampling from pieces of a probability of {Epsilon} or more: it must be 0 (all) or more and below 1.");
        }

        return faults;
    }
}
