namespace Sequor.Configuration;

/// <summary>Which pairs are left out of training: <c>data.filters:</c> in the file. Pairs with an empty side are always left out.</summary>
public sealed record FilterConfiguration
{
    internal static Schema<FilterConfiguration> Schema { get; } = new Schema<FilterConfiguration>(_ => new())
        .Integer("max_length", new(1, 1 << 24), c => c.MaxLength, (c, v) => c with { MaxLength = v })
        .Integer("min_length", new(1, 1 << 24), c => c.MinLength, (c, v) => c with { MinLength = v })
        .OptionalNumber("max_ratio", new(1), c => c.MaxRatio, (c, v) => c with { MaxRatio = v })
        .Boolean("drop_duplicates", c => c.DropDuplicates, (c, v) => c with { DropDuplicates = v })
        .Boolean("drop_identical", c => c.DropIdentical, (c, v) => c with { DropIdentical = v })
        .OptionalText("source_script", c => c.SourceScript, (c, v) => c with { SourceScript = v })
        .OptionalText("target_script", c => c.TargetScript, (c, v) => c with { TargetScript = v })
        .Require(["min_length", "max_length"], c => c.MinLength <= c.MaxLength ? null
            : $"no pair has at least {c.MinLength} and at most {c.MaxLength} pieces; max_length must not be below min_length");

    /// <summary>The longest side, in pieces, 1 to 16,777,216. Default: 256.</summary>
    public int MaxLength { get; init; } = 256;

    /// <summary>The shortest side, in pieces, 1 to 16,777,216. Default: 1.</summary>
    public int MinLength { get; init; } = 1;

    /// <summary>The largest length of one side over the other, in pieces, at least 1; null for no limit. Default: null.</summary>
    public double? MaxRatio { get; init; }

    /// <summary>Whether a pair that was seen before is left out. Default: false.</summary>
    public bool DropDuplicates { get; init; }

    /// <summary>Whether a pair of equal sides is left out. Default: false.</summary>
    public bool DropIdentical { get; init; }

    /// <summary>The Unicode script most letters of the source must have, such as <c>Latin</c>; null for any. Default: null.</summary>
    public string? SourceScript { get; init; }

    /// <summary>The Unicode script most letters of the target must have; null for any. Default: null.</summary>
    public string? TargetScript { get; init; }

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
