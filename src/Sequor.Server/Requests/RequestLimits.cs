namespace Sequor.Server.Requests;

/// <summary>How much one request may ask for.</summary>
internal sealed record RequestLimits
{
    /// <summary>Bytes of a body, 1 or more. Default 8 MiB.</summary>
    public long BodyBytes { get; init; } = 8L << 20;

    /// <summary>Texts in one request, 1 or more. Default 1,024.</summary>
    public int Texts { get; init; } = 1024;

    /// <summary>UTF-16 units of all texts of one request together, 1 or more. Default 200,000.</summary>
    public int Characters { get; init; } = 200_000;

    /// <summary>Hypotheses or samples kept for a text, 1 or more. Default 64.</summary>
    public int Beam { get; init; } = 64;
}
