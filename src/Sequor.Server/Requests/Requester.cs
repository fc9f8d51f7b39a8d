using Microsoft.AspNetCore.Http;

namespace Sequor.Server.Requests;

/// <summary>Who asks: whoever shares a name takes turns as one.</summary>
internal static class Requester
{
    /// <summary>The name of the key a request was let in by, or else its address.</summary>
    /// <param name="context">The request.</param>
    internal static string Of(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : context.Connection.RemoteIpAddress?.ToString() ?? "";
}
