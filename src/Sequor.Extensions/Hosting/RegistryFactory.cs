using Microsoft.Extensions.Logging;
using Sequor.Tensors.Kernels;

namespace Sequor.Extensions.Hosting;

/// <summary>Makes what options describe.</summary>
internal static class RegistryFactory
{
    /// <summary>Opens the models.</summary>
    internal static ModelRegistry Open(SequorOptions options, TimeProvider? time, ILogger<ModelRegistry>? logger) => new(
        [.. options.Models],
        new ModelRegistryOptions
        {
            Batching = new BatchingOptions
            {
                BatchSentences = options.BatchSentences,
                BatchTokens = options.BatchTokens,
                Workers = options.Workers,
                QueueLimit = options.QueueLimit,
                MaximumWait = options.MaximumWait,
            },
            ComputeType = options.ComputeType is { } type && WeightTypes.TryParse(type, out WeightType computeType) ? computeType : null,
            ModelsDirectory = options.ModelsDirectory,
            DefaultModel = options.DefaultModel,
            LoadLazily = options.LoadLazily,
            IdleTimeout = options.IdleTimeout,
            WarmUp = options.WarmUp,
        },
        time, logger);

    /// <summary>Makes the cache; null where there is to be none.</summary>
    internal static TranslationCache? CacheOf(SequorOptions options) =>
        options.CacheSentences > 0 ? new TranslationCache(options.CacheSentences, (long)options.CacheMegabytes << 20) : null;
}
