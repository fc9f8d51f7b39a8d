namespace Sequor.Configuration;

/// <summary>How the next piece is chosen.</summary>
public enum SearchChoice
{
    /// <summary>Beam search; a beam of 1 is greedy.</summary>
    Beam,

    /// <summary>Sampling from the model's distribution.</summary>
    Sample,

    /// <summary>Minimum Bayes risk: of many samples the one that is most like the others.</summary>
    Mbr,
}

/// <summary>How like two outputs are.</summary>
public enum UtilityChoice
{
    /// <summary>chrF of the sentences.</summary>
    Chrf,

    /// <summary>BLEU of the sentences.</summary>
    Bleu,
}

/// <summary>How the scores of hypotheses of different lengths are compared.</summary>
public enum LengthNormalizationChoice
{
    /// <summary>Divided by <c>length ^ length_penalty</c>.</summary>
    Power,

    /// <summary>Divided by <c>((5 + length) / 6) ^ length_penalty</c> (Wu et al. 2016).</summary>
    Gnmt,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>How the matrices of a model are held while it decodes.</summary>
public enum ComputeTypeChoice
{
    /// <summary>As they are stored.</summary>
    Auto,

    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>IEEE 754 half precision.</summary>
    Float16,

    /// <summary>The upper half of float32.</summary>
    BFloat16,

    /// <summary>Whole numbers from -127 to 127.</summary>
    Int8,

    /// <summary>Whole numbers from -63 to 63.</summary>
    Int7,
}

/// <summary>How a model is searched: <c>decoding:</c> in the file; the command's options override it.</summary>
public sealed record DecodingConfiguration
{
    internal static Schema<DecodingConfiguration> Schema { get; } = new Schema<DecodingConfiguration>(_ => new())
        .Choice("search", new(("beam", SearchChoice.Beam), ("sample", SearchChoice.Sample), ("mbr", SearchChoice.Mbr)), c => c.Search, (c, v) => c with { Search = v })
        .Integer("beam", new(1, 4096), c => c.Beam, (c, v) => c with { Beam = v }, "beam_size")
        .Integer("n_best", new(1, 4096), c => c.NBest, (c, v) => c with { NBest = v }, "nbest")
        .Choice("length_normalization",
            new(("power", LengthNormalizationChoice.Power), ("gnmt", LengthNormalizationChoice.Gnmt), ("none", LengthNormalizationChoice.None)),
            c => c.LengthNormalization, (c, v) => c with { LengthNormalization = v })
        .Number("length_penalty", new(-10, 10), c => c.LengthPenalty, (c, v) => c with { LengthPenalty = v }, "lenpen", "alpha")
        .Number("coverage_penalty", new(0, 100), c => c.CoveragePenalty, (c, v) => c with { CoveragePenalty = v }, "beta")
        .Integer("min_length", new(0, 1 << 24), c => c.MinLength, (c, v) => c with { MinLength = v })
        .OptionalInteger("max_length", new(1, 1 << 24), c => c.MaxLength, (c, v) => c with { MaxLength = v })
        .Number("min_length_ratio", NumberBounds.NotNegative, c => c.MinLengthRatio, (c, v) => c with { MinLengthRatio = v })
        .Number("max_length_ratio", NumberBounds.NotNegative, c => c.MaxLengthRatio, (c, v) => c with { MaxLengthRatio = v })
        .Integer("max_length_extra", new(0, 1 << 24), c => c.MaxLengthExtra, (c, v) => c with { MaxLengthExtra = v })
        .Number("temperature", NumberBounds.Positive, c => c.Temperature, (c, v) => c with { Temperature = v })
        .Integer("top_k", new(0, 1 << 24), c => c.TopK, (c, v) => c with { TopK = v })
        .Number("top_p", new(0, 1, AboveMinimum: true), c => c.TopP, (c, v) => c with { TopP = v })
        .Number("min_p", new(0, 1), c => c.MinP, (c, v) => c with { MinP = v })
        .Number("typical_p", new(0, 1, AboveMinimum: true), c => c.TypicalP, (c, v) => c with { TypicalP = v })
        .Number("epsilon", new(0, 0.999999), c => c.Epsilon, (c, v) => c with { Epsilon = v })
        .Integer("samples", new(2, 4096), c => c.Samples, (c, v) => c with { Samples = v })
        .Choice("utility", new(("chrf", UtilityChoice.Chrf), ("bleu", UtilityChoice.Bleu)), c => c.Utility, (c, v) => c with { Utility = v })
        .Long("seed", new(0, long.MaxValue), c => c.Seed, (c, v) => c with { Seed = v })
        .Integer("no_repeat_ngram", new(0, 1000), c => c.NoRepeatNgram, (c, v) => c with { NoRepeatNgram = v }, "no_repeat_ngram_size")
        .Number("repetition_penalty", NumberBounds.Positive, c => c.RepetitionPenalty, (c, v) => c with { RepetitionPenalty = v })
        .Integer("beam_groups", new(1, 4096), c => c.BeamGroups, (c, v) => c with { BeamGroups = v }, "diverse_beam_groups")
        .Number("diversity", NumberBounds.NotNegative, c => c.Diversity, (c, v) => c with { Diversity = v }, "diverse_beam_strength")
        .Boolean("replace_unknown", c => c.ReplaceUnknown, (c, v) => c with { ReplaceUnknown = v }, "replace_unk")
        .Integer("batch_tokens", new(1, 1 << 28), c => c.BatchTokens, (c, v) => c with { BatchTokens = v }, "max_tokens")
        .Choice("compute_type",
            new(("auto", ComputeTypeChoice.Auto), ("float32", ComputeTypeChoice.Float32), ("float16", ComputeTypeChoice.Float16),
                ("bfloat16", ComputeTypeChoice.BFloat16), ("int8", ComputeTypeChoice.Int8), ("int7", ComputeTypeChoice.Int7)),
            c => c.ComputeType, (c, v) => c with { ComputeType = v })
        .Integer("workers", new(1, 256), c => c.Workers, (c, v) => c with { Workers = v })
        .Require(["n_best", "beam", "search"], c => c.Search != SearchChoice.Beam || c.NBest <= c.Beam ? null
            : $"a beam of {c.Beam} holds no {c.NBest} hypotheses; n_best must not be above beam")
        .Require(["n_best", "samples", "search"], c => c.Search != SearchChoice.Mbr || c.NBest <= c.Samples ? null
            : $"{c.Samples} samples give no {c.NBest} outputs; n_best must not be above samples")
        .Require(["beam_groups", "beam", "search"], c => c.Search != SearchChoice.Beam || c.Beam % Math.Max(1, c.BeamGroups) == 0 ? null
            : $"a beam of {c.Beam} cannot be parted into {c.BeamGroups} groups of the same size; beam must be a multiple of beam_groups")
        .Require(["min_length", "max_length"], c => c.MaxLength is not { } limit || c.MinLength <= limit ? null
            : $"no output has at least {c.MinLength} and at most {limit} pieces; max_length must not be below min_length")
        .Require(["min_length_ratio", "max_length_ratio"], c => c.MinLengthRatio <= c.MaxLengthRatio ? null
            : "min_length_ratio must not be above max_length_ratio");

    /// <summary>How the next piece is chosen. Default: <see cref="SearchChoice.Beam"/>.</summary>
    public SearchChoice Search { get; init; } = SearchChoice.Beam;

    /// <summary>Hypotheses kept at every step, 1 to 4,096; 1 is greedy. Default: 5.</summary>
    public int Beam { get; init; } = 5;

    /// <summary>Outputs returned per input, 1 to 4,096, at most <see cref="Beam"/> when searching by beam. Default: 1.</summary>
    public int NBest { get; init; } = 1;

    /// <summary>How scores of different lengths are compared. Default: <see cref="LengthNormalizationChoice.Power"/>.</summary>
    public LengthNormalizationChoice LengthNormalization { get; init; } = LengthNormalizationChoice.Power;

    /// <summary>The exponent of the length normalisation, -10 to 10; larger prefers longer output. Default: 1.</summary>
    public double LengthPenalty { get; init; } = 1;

    /// <summary>Weight of the coverage penalty of Wu et al. 2016, 0 to 100; 0 turns it off. Default: 0.</summary>
    public double CoveragePenalty { get; init; }

    /// <summary>The fewest pieces of an output, end not counted, 0 to 16,777,216. Default: 0.</summary>
    public int MinLength { get; init; }

    /// <summary>The most pieces of an output, 1 to 16,777,216; null for no absolute limit. Default: 256.</summary>
    public int? MaxLength { get; init; } = 256;

    /// <summary>The fewest pieces of an output, per piece of its source, at least 0. Default: 0.</summary>
    public double MinLengthRatio { get; init; }

    /// <summary>The most pieces of an output, per piece of its source; <see cref="MaxLengthExtra"/> comes on top. Default: 2.</summary>
    public double MaxLengthRatio { get; init; } = 2;

    /// <summary>Pieces an output may have beyond <see cref="MaxLengthRatio"/> times its source, 0 to 16,777,216. Default: 20.</summary>
    public int MaxLengthExtra { get; init; } = 20;

    /// <summary>What logits are divided by before sampling, above 0. Default: 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Sampling looks at this many likeliest pieces only; 0 for all. Default: 0.</summary>
    public int TopK { get; init; }

    /// <summary>Sampling looks at the likeliest pieces that together have this probability, above 0 and at most 1. Default: 1.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Sampling looks at pieces at least this many times as probable as the likeliest, 0 to 1; 0 for all. Default: 0.</summary>
    public double MinP { get; init; }

    /// <summary>Sampling looks at the pieces of the most expected surprise that together have this probability, above 0 and at most 1. Default: 1.</summary>
    public double TypicalP { get; init; } = 1;

    /// <summary>Sampling looks at pieces of this probability or more, 0 to below 1; 0 for all. Default: 0.</summary>
    public double Epsilon { get; init; }

    /// <summary>Outputs drawn for each input and compared with each other in minimum Bayes risk decoding, 2 to 4,096. Default: 64.</summary>
    public int Samples { get; init; } = 64;

    /// <summary>What they are compared by. Default: <see cref="UtilityChoice.Chrf"/>.</summary>
    public UtilityChoice Utility { get; init; } = UtilityChoice.Chrf;

    /// <summary>Sessions that decode side by side, 1 to 256; changes speed and memory, never the output. Default: 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The seed of sampling, 0 or more. Default: 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>No run of this many pieces is repeated in an output; 0 turns it off; at most 1,000. Default: 0.</summary>
    public int NoRepeatNgram { get; init; }

    /// <summary>What the logits of pieces already produced are divided by (when positive) or multiplied by (Keskar et al. 2019), above 0. Default: 1, off.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Groups that the beam is parted into, which write different things (Vijayakumar et al. 2016), 1 to 4,096; 1 for one beam. Default: 1.</summary>
    public int BeamGroups { get; init; } = 1;

    /// <summary>What a group of the beam is charged for each hypothesis of the groups before it that has just written the same piece, in nats, at least 0. Default: 0.5.</summary>
    public double Diversity { get; init; } = 0.5;

    /// <summary>Whether an unknown piece is replaced by the source piece it attends to most. Default: false.</summary>
    public bool ReplaceUnknown { get; init; }

    /// <summary>Source pieces translated at once, 1 to 268,435,456; changes speed and memory, never the output. Default: 4,096.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>How matrices are held: as they are stored, or packed in another type when the model is loaded. Default: <see cref="ComputeTypeChoice.Auto"/>.</summary>
    public ComputeTypeChoice ComputeType { get; init; } = ComputeTypeChoice.Auto;

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
