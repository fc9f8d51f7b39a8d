using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Sequor.Server.Settings;

namespace Sequor.Server.Operations;

/// <summary>What a connection may do before a request is looked at.</summary>
internal static class ConnectionLimits
{
    private const string FilePath = "/translate_file";
    private const double LeastBytesPerSecond = 240;

    // What a form puts around a file.
    private const long FormBytes = 64 << 10;

    // The listener looks at rates once a second.
    private static readonly TimeSpan _leastPatience = TimeSpan.FromSeconds(2);

    /// <summary>Sets the limits of connections and bodies.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">How the server is set up.</param>
    internal static void Apply(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            KestrelServerLimits limits = kestrel.Limits;
            limits.MaxRequestBodySize = options.BodyLimit;
            limits.MaxConcurrentConnections = options.MaximumConnections;
            limits.RequestHeadersTimeout = options.HeaderTimeout;
            TimeSpan patience = options.HeaderTimeout > _leastPatience ? options.HeaderTimeout : _leastPatience;
            limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, patience);
            limits.MinResponseDataRate = new MinDataRate(LeastBytesPerSecond, patience);
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueLengthLimit = (int)Math.Min(options.BodyLimit, int.MaxValue);
            form.MultipartBodyLengthLimit = options.FileLimit;
        });
    }

    /// <summary>Lets a file be as large as files may be.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">How the server is set up.</param>
    internal static void Widen(HttpContext context, ServerOptions options)
    {
        if (context.Request.Path.Equals(FilePath, StringComparison.OrdinalIgnoreCase)
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = Math.Max(options.BodyLimit, options.FileLimit + FormBytes);
        }
    }
}
