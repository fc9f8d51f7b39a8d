namespace Sequor.Server.Generation;

/// <summary>A sentence and the beginning of an output of it.</summary>
internal sealed record AlternativesRequest
{
    /// <summary>The model's id; left out: the default.</summary>
    public string? Model { get; init; }

    /// <summary>One sentence.</summary>
    public required string Input { get; init; }

    /// <summary>What the output begins with, in whole words. Default nothing.</summary>
    public string? Prefix { get; init; }

    /// <summary>How many ways to go on are wanted. Default 5.</summary>
    public int? Count { get; init; }
}

/// <summary>The ways in which an output may go on.</summary>
/// <param name="Alternatives">The ways, the likeliest first.</param>
internal sealed record AlternativesResponse(IReadOnlyList<OutputAlternative> Alternatives);

/// <summary>A way in which an output may go on.</summary>
/// <param name="Continuation">The next word; empty where the output ends.</param>
/// <param name="LogProbability">The natural logarithm of the probability of the next piece.</param>
/// <param name="Text">The best whole output that goes on so.</param>
/// <param name="Score">Its score, greater is better.</param>
internal sealed record OutputAlternative(string Continuation, double LogProbability, string Text, double Score);
