using Sequor.Server.Settings;

namespace Sequor.Server.Requests;

/// <summary>How much one request may ask for.</summary>
internal sealed record RequestLimits
{
    /// <summary>Bytes of a body, 1 or more.</summary>
    public required long BodyBytes { get; init; }

    /// <summary>Bytes of a file, 1 or more.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Texts in one request, 1 or more; null for any number.</summary>
    public required int? Texts { get; init; }

    /// <summary>UTF-16 units of one text, 1 or more; null for any number.</summary>
    public required int? CharactersPerText { get; init; }

    /// <summary>Hypotheses kept for a text, or outputs of it, 1 or more. Default 64.</summary>
    public int Beam { get; init; } = 64;

    /// <summary>The limits that a server was set up with.</summary>
    /// <param name="options">How it was set up.</param>
    internal static RequestLimits Of(ServerOptions options) => new()
    {
        BodyBytes = options.BodyLimit,
        FileBytes = options.FileLimit,
        Texts = options.TextsPerRequest,
        CharactersPerText = options.CharactersPerText,
        Beam = options.BeamLimit,
    };
}
