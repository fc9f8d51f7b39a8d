using System.Globalization;
using Microsoft.Extensions.Options;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Extensions.Registry;
using Sequor.Tensors.Cpu;
using Sequor.Tensors.Kernels;

namespace Sequor.Extensions.Hosting;

/// <summary>Finds every fault of the options before anything is loaded.</summary>
internal sealed class SequorOptionsCheck : IValidateOptions<SequorOptions>
{
    private const int MostMegabytes = 1 << 20;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SequorOptions options) =>
        Faults(options) is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    /// <summary>Every fault, as sentences that name the key.</summary>
    internal static IReadOnlyList<string> Faults(SequorOptions options) =>
    [
        .. options.UnreadKeys,
        .. ModelFaults(options),
        .. options.ComputeType is { } type && !WeightTypes.Names.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? (string[])[$"Sequor:ComputeType is '{type}'; it must be one of {string.Join(", ", WeightTypes.Names)}, or left out."]
            : [],
        .. Range(nameof(SequorOptions.BatchSentences), options.BatchSentences, 1, int.MaxValue),
        .. Range(nameof(SequorOptions.BatchTokens), options.BatchTokens, 1, int.MaxValue),
        .. Range(nameof(SequorOptions.Workers), options.Workers, 1, WorkerPool.MaximumThreads),
        .. Range(nameof(SequorOptions.QueueLimit), options.QueueLimit, 1, int.MaxValue),
        .. Range(nameof(SequorOptions.CacheSentences), options.CacheSentences, 0, int.MaxValue),
        .. Range(nameof(SequorOptions.CacheMegabytes), options.CacheMegabytes, 1, MostMegabytes),
        .. Span(nameof(SequorOptions.MaximumWait), options.MaximumWait, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        .. options.IdleTimeout is { } idle ? Span(nameof(SequorOptions.IdleTimeout), idle, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(24)) : [],
    ];

    private static IEnumerable<string> ModelFaults(SequorOptions options)
    {
        if (options.Models.Count == 0 && options.ModelsDirectory is null)
        {
            yield return "Sequor:Models is empty. Name the directory of a model or of several, or a ModelsDirectory to load them from later.";
        }

        for (int i = 0; i < options.Models.Count; i++)
        {
            string path = options.Models[i];
            if (string.IsNullOrWhiteSpace(path) || !Directory.Exists(path))
            {
                yield return $"Sequor:Models:{i} is '{path}', and there is no such directory.";
            }
            else if (!ModelDirectory.HoldsModel(path))
            {
                yield return $"Sequor:Models:{i} is '{path}', which holds no model: {ModelDirectory.ConfigurationFile} is missing.";
            }
        }

        string[] ids = [.. options.Models.Where(path => !string.IsNullOrWhiteSpace(path)).Select(ModelPaths.IdOf)];
        foreach (string twice in ids.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return $"Sequor:Models names two directories called '{twice}', and models are called after their directories. Rename one of them.";
        }

        if (options.ModelsDirectory is { } directory && !Directory.Exists(directory))
        {
            yield return $"Sequor:ModelsDirectory is '{directory}', and there is no such directory.";
        }

        if (options.DefaultModel is { } name && !ids.Contains(name, StringComparer.Ordinal)
            && !(options.ModelsDirectory is { } root && ModelDirectory.HoldsModel(Path.Combine(root, name))))
        {
            string advice = NearestName.Find(name, ids) is { } nearest ? $" Did you mean '{nearest}'?" : ids.Length > 0 ? $" There are {string.Join(", ", ids)}." : "";
            yield return $"Sequor:DefaultModel is '{name}', which is none of the models.{advice}";
        }
    }

    private static IEnumerable<string> Range(string key, int value, int least, int most) => value >= least && value <= most
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"Sequor:{key} is {value}; it must be {(most == int.MaxValue ? $"{least} or more" : $"{least} to {most:N0}")}.")];

    private static IEnumerable<string> Span(string key, TimeSpan value, TimeSpan least, TimeSpan most) => value >= least && value <= most
        ? []
        : [$"Sequor:{key} is {value:c}; it must be {least:c} to {most:c} (days.hours:minutes:seconds)."];
}
