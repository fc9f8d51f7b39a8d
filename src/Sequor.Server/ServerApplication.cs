using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Sequor.Extensions;
using Sequor.Server.Faults;
using Sequor.Server.Generation;
using Sequor.Server.LibreTranslate;
using Sequor.Server.Page;
using Sequor.Server.OpenApi;
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
    public static WebApplication Build(ServerOptions options, ModelRegistry models, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(models);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.ListenUrl);
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
        builder.Services.AddApiDocument();
        configure?.Invoke(builder);
        WebApplication app = builder.Build();
        app.UseFaults();
        app.MapLibreTranslate();
        app.MapGeneration();
        app.MapPage();
        app.MapApiDocument();
        return app;
    }
}
