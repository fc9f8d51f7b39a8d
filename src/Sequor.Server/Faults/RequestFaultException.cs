namespace Sequor.Server.Faults;

/// <summary>A request cannot be answered, and this is what its sender should know.</summary>
/// <param name="status">The HTTP status, 400 to 599.</param>
/// <param name="message">A sentence for the sender: what was given, what was expected, what to try.</param>
/// <param name="innerException">What went wrong beneath; null for nothing.</param>
internal sealed class RequestFaultException(int status, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>When to try again; null where that is of no use.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
