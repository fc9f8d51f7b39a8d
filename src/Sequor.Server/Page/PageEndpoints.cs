using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Sequor.Server.Page;

/// <summary>The web page: <c>/</c> translates, <c>/api</c> shows the API, and <c>/page/…</c> holds what both are made of.</summary>
/// <remarks>The page asks the public API and nothing else. It loads nothing from elsewhere, which its content security policy enforces.</remarks>
internal static class PageEndpoints
{
    // Scripts and styles come from this server alone and never from the text of a page; nobody may frame it.
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds the page.</summary>
    internal static void MapPage(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/", "index.html");
        Map(routes, "/api", "api.html");
        Map(routes, "/favicon.ico", "icon.svg");
        foreach (string path in PageFiles.All.Keys.Where(path => !path.EndsWith(".html", StringComparison.Ordinal)))
        {
            Map(routes, "/page/" + path, path);
        }
    }

    private static void Map(IEndpointRouteBuilder routes, string route, string path)
    {
        PageFile file = PageFiles.All[path];
        routes.MapMethods(route, Methods, (RequestDelegate)(context => SendAsync(context, file))).ExcludeFromDescription();
    }

    private static Task SendAsync(HttpContext context, PageFile file)
    {
        HttpResponse response = context.Response;
        string encoding = EncodingFor(context.Request.Headers.AcceptEncoding);
        EntityTagHeaderValue tag = new($"\"{file.Tag}{(encoding.Length == 0 ? "" : "-" + encoding)}\"");
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        byte[] bytes = file.In(encoding);
        response.ContentType = file.ContentType;
        response.ContentLength = bytes.Length;
        if (encoding.Length > 0)
        {
            response.Headers.ContentEncoding = encoding;
        }

        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static string EncodingFor(StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out IList<StringWithQualityHeaderValue>? encodings))
        {
            return "";
        }

        HashSet<string> wanted = encodings.Where(one => one.Quality is not 0).Select(one => one.Value.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return wanted.Contains("br") ? "br" : wanted.Contains("gzip") ? "gzip" : "";
    }
}
