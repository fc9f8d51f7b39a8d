using Sequor.Decoding.Constraints;

namespace Sequor.Decoding;

/// <summary>What one text asks of its output, beyond what the search's options ask of all.</summary>
public sealed record DecodingRequest
{
    /// <summary>Asks for nothing.</summary>
    public static DecodingRequest None { get; } = new();

    /// <summary>What the output must begin with; empty for nothing. No rule and no constraint stands against it. Default empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What the output must keep to. Default nothing.</summary>
    public IReadOnlyList<OutputConstraint> Constraints { get; init; } = [];

    /// <summary>Requests that ask for prefixes and for nothing else.</summary>
    /// <param name="prefixes">For each text what its output must begin with; empty for nothing.</param>
    public static IReadOnlyList<DecodingRequest> WithPrefixes(IEnumerable<string> prefixes) => [.. prefixes.Select(prefix => new DecodingRequest { Prefix = prefix })];
}
