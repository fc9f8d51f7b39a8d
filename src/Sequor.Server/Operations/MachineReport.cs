using System.Globalization;
using Sequor.Extensions;
using Sequor.Server.Settings;
using Sequor.Tensors;

namespace Sequor.Server.Operations;

/// <summary>What is said when the server starts.</summary>
internal static class MachineReport
{
    /// <summary>Where it runs and what it serves.</summary>
    /// <param name="options">How the server is set up.</param>
    /// <param name="models">The models.</param>
    internal static IReadOnlyList<string> Lines(ServerOptions options, ModelRegistry models) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"Runs on {Device.Default.Description}, {Environment.ProcessorCount} processors, {Memory()}"),
        .. models.Models.Select(Line),
    ];

    /// <summary>What deserves a second look.</summary>
    /// <param name="options">How the server is set up.</param>
    internal static IEnumerable<string> Warnings(ServerOptions options)
    {
        if (!options.ListensHereOnly && !options.RequireKeys && options.RatePerAddress is null)
        {
            yield return "Everyone who reaches this machine may use the server as much as they like: set require_keys, rate_per_address, or a proxy in front that limits them.";
        }

        if (options.LogText)
        {
            yield return "The texts of users are logged, as log_text asks for.";
        }

        if (!options.ListensHereOnly && options.ManageModels == true && !options.RequireKeys)
        {
            yield return "Everyone who reaches this machine may load and unload models, as manage_models asks for.";
        }
    }

    private static string Memory()
    {
        const double megabyte = 1e6;
        return MemoryLimit.Read() is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"memory limit {limit / megabyte:N0} MB")
            : string.Create(CultureInfo.InvariantCulture, $"no memory limit ({GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / megabyte:N0} MB in the machine)");
    }

    private static string Line(ModelEntry model) => string.Create(CultureInfo.InvariantCulture,
        $"Model {model.Id}: {model.State.ToString().ToLowerInvariant()}, {model.Parameters ?? 0:N0} parameters, {model.WeightBytes / 1e6:N1} MB of weights, from {model.Path}");
}
