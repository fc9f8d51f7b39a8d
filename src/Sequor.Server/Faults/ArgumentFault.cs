using Microsoft.AspNetCore.Http;

namespace Sequor.Server.Faults;

/// <summary>What the library says of an argument, for those who sent a request and know no library.</summary>
internal static class ArgumentFault
{
    /// <summary>Whether a fault can be of what was sent: nulls and indices out of their ranges are the server's own.</summary>
    /// <param name="fault">What was thrown.</param>
    internal static bool IsOfRequest(ArgumentException fault) => fault is not (ArgumentNullException or ArgumentOutOfRangeException);

    /// <summary>The fault as one of the request.</summary>
    /// <param name="fault">What was thrown.</param>
    internal static RequestFaultException Told(ArgumentException fault) => new(StatusCodes.Status400BadRequest, Sentence(fault), fault);

    /// <summary>Does something and tells a fault of an argument as one of the request.</summary>
    /// <param name="ask">What is done.</param>
    /// <exception cref="RequestFaultException">The library refuses what was sent.</exception>
    internal static async Task<T> WatchAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (ArgumentException fault) when (IsOfRequest(fault))
        {
            throw Told(fault);
        }
    }

    // The name of a parameter says nothing to whoever sends JSON.
    private static string Sentence(ArgumentException fault) =>
        fault.Message.IndexOf(" (Parameter '", StringComparison.Ordinal) is var at and > 0 ? fault.Message[..at] : fault.Message;
}
