using Microsoft.AspNetCore.Http;
using Sequor.Extensions;

namespace Sequor.Server.Faults;

/// <summary>Which status and which sentence tell of a fault.</summary>
internal static class FaultSentence
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(1);

    // As long as the registry waits before it tries the same files again.
    private static readonly TimeSpan _later = TimeSpan.FromSeconds(10);

    /// <summary>The status and sentence of a fault, and when to try again.</summary>
    /// <param name="fault">What was thrown while a request was answered.</param>
    /// <returns>500 for whatever is no fault of the sender and no known state of the server; its sentence is for the log only.</returns>
    internal static (int Status, string Sentence, TimeSpan? RetryAfter) Of(Exception fault) => fault switch
    {
        RequestFaultException known => (known.Status, known.Message, known.RetryAfter),
        QueueFullException full => (StatusCodes.Status503ServiceUnavailable, full.Message, _soon),
        ObjectDisposedException => (StatusCodes.Status503ServiceUnavailable, "The model was unloaded, or the server is going down. Try again later.", _soon),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, "The body is larger than this server takes.", null),
        BadHttpRequestException bad => (bad.StatusCode, "The request is no HTTP that this server can read, or its body did not arrive.", null),
        ModelUnavailableException unavailable => (StatusCodes.Status503ServiceUnavailable, unavailable.Message, _later),
        ModelFormatException damaged => (StatusCodes.Status503ServiceUnavailable, damaged.Message, null),
        _ => (StatusCodes.Status500InternalServerError, fault.Message, null),
    };
}
