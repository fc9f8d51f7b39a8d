using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Sequor.Extensions.Hosting;

/// <summary>Opens the models when the application starts, so that what is wrong with them stops it there and not at the first request.</summary>
/// <param name="services">Where the models are made when they are asked for.</param>
internal sealed class ModelsAtStart(IServiceProvider services) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(() => _ = services.GetRequiredService<ModelRegistry>(), cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
