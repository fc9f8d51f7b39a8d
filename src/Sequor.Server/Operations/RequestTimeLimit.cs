using Microsoft.AspNetCore.Http;
using Sequor.Server.Faults;
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
        catch (OperationCanceledException) when (alarm.IsCancellationRequested && !aborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            RequestFacts.Refuse(context, "time");
            throw new RequestFaultException(StatusCodes.Status503ServiceUnavailable,
                $"The request took longer than {SettingKinds.Duration(limit)}, the most that this server gives it. Send less at once, or try again when fewer ask.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }
}
