using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Sequor.Server.Faults;

namespace Sequor.Server.Requests;

/// <summary>Reads a body whole, and no more of it than is allowed.</summary>
internal static class BodyBytes
{
    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="RequestFaultException">It is larger.</exception>
    internal static async Task<byte[]> ReadAsync(HttpContext context, RequestLimits limits)
    {
        if (context.Request.ContentLength > limits.BodyBytes)
        {
            throw TooLarge(limits);
        }

        PipeReader reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read = await NextAsync(reader, context.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.Length > limits.BodyBytes)
            {
                throw TooLarge(limits);
            }

            if (read.IsCompleted)
            {
                byte[] bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Waits for more of a body.</summary>
    /// <param name="reader">The body.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    internal static async ValueTask<ReadResult> NextAsync(PipeReader reader, CancellationToken cancellation)
    {
        // A reading that a token ends is never given back to the pipe, and the listener, which wants to close in good order, finds it occupied.
        await using CancellationTokenRegistration registration = cancellation.UnsafeRegister(static one => ((PipeReader)one!).CancelPendingRead(), reader);
        while (true)
        {
            ReadResult read = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            if (!read.IsCanceled)
            {
                return read;
            }

            // The listener wakes its readings too when the server is told to end, and what was begun goes on.
            reader.AdvanceTo(read.Buffer.Start);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What a body is answered that is too large.</summary>
    /// <param name="limits">How large it may be.</param>
    internal static RequestFaultException TooLarge(RequestLimits limits) => new(StatusCodes.Status413PayloadTooLarge, string.Create(CultureInfo.InvariantCulture,
        $"The body is larger than {limits.BodyBytes:N0} bytes, the most that this server reads. Send less at once."));
}
