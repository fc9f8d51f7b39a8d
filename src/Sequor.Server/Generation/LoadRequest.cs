namespace Sequor.Server.Generation;

/// <summary>Where the model is loaded from.</summary>
internal sealed record LoadRequest
{
    /// <summary>Another directory, below the server's models directory; left out: where it was. What is being decoded is finished by the old one.</summary>
    public string? Path { get; init; }
}
