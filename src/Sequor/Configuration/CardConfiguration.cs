namespace Sequor.Configuration;

/// <summary>What the model's card says that no run can know: <c>card:</c> in the file.</summary>
public sealed record CardConfiguration
{
    internal static Schema<CardConfiguration> Schema { get; } = new Schema<CardConfiguration>(_ => new())
        .Text("description", c => c.Description, (c, v) => c with { Description = v })
        .OptionalText("license", c => c.License, (c, v) => c with { License = v })
        .Text("intended_use", c => c.IntendedUse, (c, v) => c with { IntendedUse = v })
        .Texts("known_failures", c => c.KnownFailures, (c, v) => c with { KnownFailures = v });

    /// <summary>What the model does. Default: empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The licence of the weights. Default: not stated.</summary>
    public string? License { get; init; }

    /// <summary>What the model is for, and what not. Default: empty.</summary>
    public string IntendedUse { get; init; } = "";

    /// <summary>What it is known to get wrong. Default: none.</summary>
    public ValueList<string> KnownFailures { get; init; } = [];

    /// <summary>Everything that is wrong with these settings; empty when they can be used.</summary>
    public IReadOnlyList<ConfigurationFault> Validate() => Schema.Validate(this);
}
