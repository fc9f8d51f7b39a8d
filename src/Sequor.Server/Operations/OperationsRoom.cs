using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sequor.Server.Faults;
using Sequor.Server.Keys;
using Sequor.Server.Settings;

namespace Sequor.Server.Operations;

/// <summary>What surrounds every request: its record, its limits, its right to be answered.</summary>
internal static class OperationsRoom
{
    private static readonly string[] _shownHeaders = ["Retry-After", "X-Request-Id"];

    /// <summary>Adds what the surroundings need.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="options">How the server is set up.</param>
    internal static void AddOperations(this WebApplicationBuilder builder, ServerOptions options)
    {
        ConnectionLimits.Apply(builder, options);
        IServiceCollection services = builder.Services;
        services.AddSingleton<IHostLifetime, SilentLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ILoggerProvider>(host => new LogLines(Console.Error, options.LogFormat, host.GetRequiredService<TimeProvider>()));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Tells with a stack trace what whoever starts the server tells in a sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);

        // Warns with a stack trace of clients that go away in the middle of a body; that connections were refused is worth knowing.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Warning);
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<ProcessMetrics>();
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<RequestRecord>();
        services.AddSingleton<AccessGate>();
        services.AddSingleton<Readiness>();
        services.AddHostedService(static host => host.GetRequiredService<Readiness>());
        services.AddCors(cors => cors.AddDefaultPolicy(policy => Allow(policy, options.CorsOrigins)));
        if (options.OtlpEndpoint is { } endpoint)
        {
            services.AddSingleton(_ => new OpenTelemetryExport(endpoint));
        }
    }

    /// <summary>Puts the surroundings around everything that is mapped.</summary>
    /// <param name="app">The server.</param>
    /// <param name="options">How it is set up.</param>
    internal static void UseOperations(this WebApplication app, ServerOptions options)
    {
        RequestRecord record = app.Services.GetRequiredService<RequestRecord>();
        AccessGate gate = app.Services.GetRequiredService<AccessGate>();
        TimeProvider time = app.Services.GetRequiredService<TimeProvider>();
        app.Services.GetRequiredService<MetricCollector>();
        app.Services.GetService<OpenTelemetryExport>();
        ClientAddress addresses = new(options.TrustedProxies);
        app.Use((context, next) =>
        {
            addresses.Resolve(context);
            SecurityHeaders.AddTo(context);
            return record.RunAsync(context, next);
        });
        app.Use(HeadRequests.RunAsync);

        // Behind the line before: what is mapped for GET is to be found for HEAD.
        app.UseRouting();
        app.UseFaults();
        if (options.CorsOrigins.Count > 0)
        {
            app.UseCors();
        }

        if (options.RequestTimeout is { } limit)
        {
            app.Use((context, next) => RequestTimeLimit.RunAsync(context, next, limit, time));
        }

        app.Use(async (context, next) =>
        {
            ConnectionLimits.Widen(context, options);
            await gate.AdmitAsync(context).ConfigureAwait(false);
            await next(context).ConfigureAwait(false);
        });
    }

    private static void Allow(CorsPolicyBuilder policy, IReadOnlyList<string> origins) => policy
        .WithOrigins([.. origins])
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .WithHeaders("Content-Type", "Authorization", "X-API-Key")
        .WithExposedHeaders(_shownHeaders);
}
