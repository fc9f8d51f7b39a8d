using System.Collections.Concurrent;

namespace Sequor.Extensions.Tests;

/// <summary>Loads models as a registry does, counts the loadings and can be held up.</summary>
internal sealed class CountingLoader
{
    private readonly ConcurrentQueue<string> _loaded = new();

    /// <summary>The directories that were loaded, in their order.</summary>
    internal IReadOnlyList<string> Loaded => [.. _loaded];

    /// <summary>What a loading waits for before it begins.</summary>
    internal ManualResetEventSlim Gate { get; } = new(initialState: true);

    internal BatchingTranslator Load(string path, BatchingOptions options)
    {
        Gate.Wait(TimeSpan.FromSeconds(60));
        BatchingTranslator translator = BatchingTranslator.Load(path, options);
        _loaded.Enqueue(path);
        return translator;
    }

    /// <summary>A registry that loads through this.</summary>
    internal ModelRegistry Registry(IReadOnlyList<string> paths, ModelRegistryOptions? options = null, TimeProvider? time = null) =>
        new(paths, options ?? new(), time, null, Load);
}
