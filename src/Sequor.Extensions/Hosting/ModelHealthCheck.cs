using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sequor.Extensions.Hosting;

/// <summary>Healthy while every model answers or can be loaded, degraded while one that is not the default cannot, else unhealthy.</summary>
/// <param name="models">The models.</param>
internal sealed class ModelHealthCheck(ModelRegistry models) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ModelEntry> entries = models.Models;
        Dictionary<string, object> data = entries.ToDictionary(model => model.Id, model => (object)model.State.ToString());
        ModelEntry[] failed = [.. entries.Where(model => model.State == ModelState.Failed)];
        bool canAnswer = entries.Any(model => model.State == ModelState.Ready || model.State == ModelState.Unloaded) && !failed.Any(model => model.IsDefault);
        string told = entries.Count == 0 ? "There is no model."
            : failed.Length > 0 ? string.Join(' ', failed.Select(model => model.Fault))
            : canAnswer ? $"{entries.Count(model => model.State == ModelState.Ready)} of {entries.Count} models are in memory."
            : "The models are being loaded.";
        HealthStatus status = !canAnswer ? context.Registration.FailureStatus : failed.Length > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
        return Task.FromResult(new HealthCheckResult(status, told, data: data));
    }
}
