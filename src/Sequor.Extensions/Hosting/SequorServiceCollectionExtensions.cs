using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sequor.Extensions;
using Sequor.Extensions.Hosting;

// Where every library puts these, so that they are found without a using of their own.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Sequor to an application.</summary>
public static class SequorServiceCollectionExtensions
{
    /// <summary>
    /// Adds models, as singletons: a <see cref="ModelRegistry"/>, an <see cref="ITranslator"/>, and for every model an <see cref="ITranslator"/> whose key is the model's name.
    /// Options are checked, and models opened, when the application starts.
    /// </summary>
    /// <param name="services">What is added to.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSequor(this IServiceCollection services, Action<SequorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        AddSequor(services);
        services.Configure(configure);
        return services;
    }

    /// <summary>Adds models as a configuration describes them; otherwise as <see cref="AddSequor(IServiceCollection, Action{SequorOptions})"/>.</summary>
    /// <param name="services">What is added to.</param>
    /// <param name="configuration">The whole configuration, whose section <c>Sequor</c> is read, or that section. A key that does not exist is a fault.</param>
    /// <param name="configure">Sets further options, behind the configuration; null for none.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSequor(this IServiceCollection services, IConfiguration configuration, Action<SequorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        AddSequor(services);
        IConfiguration section = configuration is IConfigurationSection given ? given : configuration.GetSection(SequorOptions.Section);
        services.AddSingleton<IConfigureOptions<SequorOptions>>(new ConfigureOptions<SequorOptions>(options => SequorOptionsBinding.Read(section, options)));
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    /// <summary>Adds an <see cref="IChatClient"/> over a text-to-text model; <c>AddSequor</c> must have been called too.</summary>
    /// <param name="services">What is added to.</param>
    /// <param name="options">Which model, and how it is used; the default model when left out.</param>
    /// <param name="serviceKey">The key under which the client is asked for; null for none.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSequorChatClient(this IServiceCollection services, SequorChatClientOptions? options = null, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        SequorChatClient Make(IServiceProvider provider) =>
            new(provider.GetRequiredService<ModelRegistry>(), options, provider.GetRequiredService<ITranslator>());
        return serviceKey is null
            ? services.AddSingleton<IChatClient>(Make)
            : services.AddKeyedSingleton<IChatClient>(serviceKey, (provider, _) => Make(provider));
    }

    /// <summary>Adds a check of the models to the application's health checks.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">What the check is called. Default <c>sequor</c>.</param>
    /// <param name="failureStatus">What it reports while no model or not the default model can answer; null for unhealthy.</param>
    /// <param name="tags">What it can be filtered by; null for nothing.</param>
    /// <returns>The same health checks.</returns>
    public static IHealthChecksBuilder AddSequorHealthCheck(
        this IHealthChecksBuilder builder, string name = "sequor", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, provider => new ModelHealthCheck(provider.GetRequiredService<ModelRegistry>()), failureStatus, tags));
    }

    private static void AddSequor(IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SequorOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SequorOptions>, SequorOptionsCheck>());
        services.TryAddSingleton(provider => RegistryFactory.Open(
            provider.GetRequiredService<IOptions<SequorOptions>>().Value, provider.GetService<TimeProvider>(), provider.GetService<ILogger<ModelRegistry>>()));
        services.TryAddSingleton(provider => new SequorCache(RegistryFactory.CacheOf(provider.GetRequiredService<IOptions<SequorOptions>>().Value)));
        services.TryAddSingleton<ITranslator>(provider => Translator(provider, null));
        services.TryAddKeyedSingleton<ITranslator>(KeyedService.AnyKey, (provider, key) => Translator(provider, key as string ?? throw new InvalidOperationException(
            $"An ITranslator is asked for under the key '{key}' of the type {key?.GetType()}; its key is the name of a model, a string.")));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelsAtStart>());
    }

    private static RegistryTranslator Translator(IServiceProvider provider, string? model) =>
        new(provider.GetRequiredService<ModelRegistry>(), provider.GetRequiredService<SequorCache>().Cache, model);
}
