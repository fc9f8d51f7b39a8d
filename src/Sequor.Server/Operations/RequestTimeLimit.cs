using Microsoft.AspNetCore.Http;
using Sequor.Server.Faults;
using Sequor.Server.Generation;
using Sequor.Server.Settings;

namespace Sequor.Server.Operations;

/// <summary>Ends requests that take too long; what they had in the queue leaves it at the next step.</summary>
internal static class RequestTimeLimit
{
    /// <summary>Has a request answered within its time.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Answers it.</param>
    /// <param name="limit">The time.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="RequestFaultException">It took longer.</exception>
    internal static async Task RunAsync(HttpContext context, RequestDelegate next, TimeSpan limit, TimeProvider time)
    {
        CancellationToken aborted = context.RequestAborted;
        using CancellationTokenSource alarm = new(limit, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(aborted, alarm.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (alarm.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            RequestFacts.Refuse(context, "time");
            string sentence = $"The request took longer than {SettingKinds.Duration(limit)}, the most that this server gives it. Send less at once, or try again when fewer ask.";
            context.RequestAborted = aborted;
            if (!context.Response.HasStarted)
            {
                throw new RequestFaultException(StatusCodes.Status503ServiceUnavailable, sentence) { RetryAfter = TimeSpan.FromSeconds(1) };
            }

            if (!EventStream.IsOf(context.Response))
            {
                throw;
            }

            await new EventStream(context).SendAsync("error", new ErrorBody(sentence), GenerationJson.Relaxed.ErrorBody).ConfigureAwait(false);
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }
}
