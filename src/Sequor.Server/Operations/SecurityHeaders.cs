using Microsoft.AspNetCore.Http;

namespace Sequor.Server.Operations;

/// <summary>What keeps a browser from doing with an answer what it was not meant for.</summary>
internal static class SecurityHeaders
{
    // Everything of the page comes from this server; pictures may also stand in the page itself, as the icon does.
    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds the headers when the answer begins, so that an answer that is begun anew has them too.</summary>
    /// <param name="context">The request.</param>
    internal static void AddTo(HttpContext context) => context.Response.OnStarting(
        static state =>
        {
            IHeaderDictionary headers = ((HttpContext)state).Response.Headers;
            headers.ContentSecurityPolicy = headers.ContentSecurityPolicy is { Count: > 0 } own ? own : Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["X-Request-Id"] = ((HttpContext)state).TraceIdentifier;
            return Task.CompletedTask;
        },
        context);
}
