using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sequor.Server.Operations;

/// <summary>Answers HEAD as GET without its body, as HTTP says (RFC 9110, 9.3.2), whatever is mapped for GET.</summary>
internal static class HeadRequests
{
    /// <summary>Has a request answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">Answers it.</param>
    internal static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        IHttpResponseBodyFeature body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Response.Body = Stream.Null;
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
            context.Features.Set(body);
        }
    }
}
