namespace Sequor.Server.Generation;

/// <summary>Sentences with outputs that are to be scored.</summary>
internal sealed record ScoreRequest
{
    /// <summary>The model's id; left out: the default.</summary>
    public string? Model { get; init; }

    /// <summary>The sentences with their outputs.</summary>
    public required IReadOnlyList<ScorePair> Pairs { get; init; }
}

/// <summary>A sentence and an output.</summary>
internal sealed record ScorePair
{
    /// <summary>One sentence.</summary>
    public required string Source { get; init; }

    /// <summary>An output of it.</summary>
    public required string Target { get; init; }
}

/// <summary>What outputs are worth.</summary>
/// <param name="Scores">What each is worth, in their order.</param>
internal sealed record ScoreResponse(IReadOnlyList<OutputScore> Scores);

/// <summary>What an output is worth.</summary>
/// <param name="Score">What a search would have ranked it by, greater is better.</param>
/// <param name="LogProbability">The natural logarithm of its probability, end sign included.</param>
/// <param name="Tokens">Its pieces.</param>
/// <param name="SourceWasCut">Whether the sentence was longer than the model can read, and its end was left out.</param>
internal sealed record OutputScore(double Score, double LogProbability, IReadOnlyList<ScoredToken> Tokens, bool SourceWasCut);

/// <summary>A piece of an output that was scored.</summary>
/// <param name="Piece">The piece.</param>
/// <param name="LogProbability">The natural logarithm of its probability.</param>
internal sealed record ScoredToken(string Piece, double LogProbability);
