namespace Sequor.Server.Settings;

/// <summary>How the server is set up.</summary>
public sealed record ServerOptions
{
    /// <summary>The directories of the models that are served, 1 or more; the first is the one that is meant when none is named.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The address to listen at. Default this machine alone, port 5000.</summary>
    public string Url { get; init; } = "http://localhost:5000";
}
