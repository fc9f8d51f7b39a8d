namespace Sequor.Server.Documents;

/// <summary>Says that a stretch of a translation came from a stretch of its source; places and lengths count UTF-16 units.</summary>
/// <param name="SourceStart">Where it begins in the source.</param>
/// <param name="SourceLength">How long it is there.</param>
/// <param name="TargetStart">Where it begins in the translation.</param>
/// <param name="TargetLength">How long it is there.</param>
public readonly record struct SpanLink(int SourceStart, int SourceLength, int TargetStart, int TargetLength)
{
    /// <summary>How much of the stretch of the translation came from there, 0 to 1. Default 1.</summary>
    public float Weight { get; init; } = 1;
}
