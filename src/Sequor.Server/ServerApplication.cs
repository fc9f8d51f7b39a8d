using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Sequor.Extensions;
using Sequor.Server.Generation;
using Sequor.Server.LibreTranslate;
using Sequor.Server.OpenApi;
using Sequor.Server.Operations;
using Sequor.Server.Page;
using Sequor.Server.Requests;
using Sequor.Server.Settings;

namespace Sequor.Server;

/// <summary>Puts the server together: every room adds itself in one line.</summary>
public static class ServerApplication
{
    /// <summary>Makes the server; it does not listen yet.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="models">The models; they become the server's.</param>
    /// <param name="configure">Changes the host before it is built, as tests do; null for nothing.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges or contradict each other.</exception>
    /// <exception cref="InvalidDataException">The key file is damaged.</exception>
    /// <exception cref="IOException">The key file cannot be read.</exception>
    public static WebApplication Build(ServerOptions options, ModelRegistry models, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(models);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        // Empty: what sets this server up are its options, not files and variables that every server of this framework reads.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseUrls(options.ListenUrl);
        builder.AddOperations(options);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(_ => models);
        builder.Services.AddSingleton<ITranslator>(new RegistryTranslator(models, options.CacheEntries > 0 ? new TranslationCache(options.CacheEntries) : null));
        builder.Services.AddSingleton(RequestLimits.Of(options));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, GenerationJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, LibreTranslateJson.Default);
        });
        builder.Services.AddLibreTranslate();
        builder.Services.AddApiDocument();
        configure?.Invoke(builder);
        WebApplication app = builder.Build();
        app.UseOperations(options);
        app.MapOperations(options);
        app.MapLibreTranslate();
        app.MapGeneration();
        if (options.Page)
        {
            app.MapPage();
        }

        app.MapApiDocument();
        return app;
    }
}
