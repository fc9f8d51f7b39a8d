using System.Collections.Concurrent;
using Sequor.Configuration;

namespace Sequor.Extensions;

/// <summary>Models by name. Thread-safe.</summary>
public sealed class ModelRegistry : IDisposable
{
    private readonly ConcurrentDictionary<string, (ModelEntry Entry, BatchingTranslator Translator)> _models = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>Opens models.</summary>
    /// <param name="paths">Their directories, 1 or more; the first is the one that is meant when none is named.</param>
    /// <param name="options">How callers' texts are decoded together; defaults when left out.</param>
    /// <exception cref="ArgumentException">There is no path, or two directories have the same name.</exception>
    /// <exception cref="ModelFormatException">A directory holds no model or a damaged one.</exception>
    public ModelRegistry(IReadOnlyList<string> paths, BatchingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (string path in paths)
        {
            string id = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
            BatchingTranslator translator = BatchingTranslator.Load(path, (options ?? new BatchingOptions()) with { ModelName = id });
            SequorConfiguration configuration = translator.Configuration;
            if (!_models.TryAdd(id, (new ModelEntry(id, path, ModelState.Ready, configuration), translator)))
            {
                throw new ArgumentException($"Two models are called '{id}', the name of their directories. Rename one of them.", nameof(paths));
            }

            _order.Add(id);
        }
    }

    /// <summary>Every model, in the order in which they were named.</summary>
    public IReadOnlyList<ModelEntry> Models => [.. _order.Select(id => _models[id].Entry)];

    /// <summary>The right to use a model; it is loaded first where it is not in memory.</summary>
    /// <param name="id">Its name; null for the first.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    public ValueTask<ModelLease> AcquireAsync(string? id = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        id ??= _order[0];
        return _models.TryGetValue(id, out (ModelEntry Entry, BatchingTranslator Translator) found)
            ? ValueTask.FromResult(new ModelLease(id, found.Translator, static () => { }))
            : throw new KeyNotFoundException($"There is no model '{id}'; there are {string.Join(", ", _order)}.");
    }

    /// <summary>Gives the memory of all models back.</summary>
    public void Dispose()
    {
        foreach ((_, BatchingTranslator translator) in _models.Values)
        {
            translator.Dispose();
        }
    }
}
