using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sequor.Configuration;
using Sequor.Extensions.Registry;

namespace Sequor.Extensions;

/// <summary>
/// Models by name: loaded, unloaded and replaced while others use them. Thread-safe. Whoever holds a lease keeps the weights it was given; a model that is replaced
/// serves its last lease before its memory is freed, and the new one serves all that come after. A replacement that fails changes nothing.
/// </summary>
public sealed partial class ModelRegistry : IDisposable
{
    private readonly ConcurrentDictionary<string, ModelSlot> _slots = new(StringComparer.Ordinal);
    private readonly List<ModelSlot> _order = [];
    private readonly Lock _gate = new();
    private readonly ModelRegistryOptions _options;
    private readonly Func<string, BatchingOptions, BatchingTranslator> _load;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer? _idleTimer;
    private volatile IReadOnlyList<ModelEntry> _models = [];
    private bool _isDisposed;

    /// <summary>Opens models and loads them.</summary>
    /// <param name="paths">Their directories; the first is the one that is meant when none is named.</param>
    /// <param name="options">How callers' texts are decoded together; defaults when left out.</param>
    /// <exception cref="ArgumentException">Two directories have the same name, or the options are out of their ranges.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">A directory holds no model or a damaged one.</exception>
    /// <exception cref="ConfigurationException">A model's configuration has faults.</exception>
    public ModelRegistry(IReadOnlyList<string> paths, BatchingOptions? options = null)
        : this(paths, new ModelRegistryOptions { Batching = options ?? new() })
    {
    }

    /// <summary>Opens models, and loads them unless they are to be loaded lazily.</summary>
    /// <param name="paths">Their directories.</param>
    /// <param name="options">How they are held.</param>
    /// <param name="time">The clock for idle models; the system's when left out.</param>
    /// <param name="logger">Told what is loaded, replaced and unloaded; nobody when left out.</param>
    /// <exception cref="ArgumentException">Two directories have the same name, or the options are out of their ranges or name no model of these.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="ModelFormatException">A directory holds no model or a damaged one.</exception>
    /// <exception cref="ConfigurationException">A model's configuration has faults.</exception>
    public ModelRegistry(IReadOnlyList<string> paths, ModelRegistryOptions options, TimeProvider? time = null, ILogger<ModelRegistry>? logger = null)
        : this(paths, options, time, logger, (path, batching) => BatchingTranslator.Load(path, batching, options.Device, options.Decoding, options.ComputeType))
    {
    }

    internal ModelRegistry(
        IReadOnlyList<string> paths, ModelRegistryOptions options, TimeProvider? time, ILogger? logger, Func<string, BatchingOptions, BatchingTranslator> load)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults));
        }

        (_options, _load, _time, _logger) = (options, load, time ?? TimeProvider.System, logger ?? NullLogger.Instance);
        foreach (string path in paths)
        {
            AddFirst(ModelPaths.IdOf(path), Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        }

        if (options.DefaultModel is { } name && !_slots.ContainsKey(name))
        {
            AddFirst(name, ModelPaths.Below(
                options.ModelsDirectory ?? throw new ArgumentException($"The default model '{name}' is none of the models; there are {Names()}."), name));
        }

        if (!options.LoadLazily)
        {
            LoadAll();
        }

        Publish();
        _idleTimer = options.IdleTimeout is { } idle ? StartTimer(idle) : null;
    }

    /// <summary>Every model, in the order in which they were named; a snapshot that costs nothing.</summary>
    public IReadOnlyList<ModelEntry> Models => _models;

    /// <summary>The languages that models read and what they write them in, in the order of the models.</summary>
    public IReadOnlyList<LanguageTargets> Languages => LanguagePairs.Languages(_models);

    /// <summary>The model that is meant when none is named; null where there is none.</summary>
    public ModelEntry? Default => DefaultId is { } id ? Find(id) : null;

    /// <summary>What is known of a model; null where there is none of that name.</summary>
    /// <param name="id">Its name.</param>
    public ModelEntry? Find(string id) => _models.FirstOrDefault(model => model.Id == id);

    /// <summary>A model from one language to another, the default model before others: of exactly these languages, else of the same in other regions
    /// (<c>pt</c> for <c>pt-BR</c>). Null where there is none.</summary>
    /// <param name="source">The language of sources, such as <c>en</c>; case does not matter.</param>
    /// <param name="target">The language of outputs.</param>
    public ModelEntry? Find(string source, string target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return LanguagePairs.Of(_models, source, target).FirstOrDefault();
    }

    /// <summary>The right to use a model; it is loaded first where it is not in memory, once for all who wait.</summary>
    /// <param name="id">Its name; null for the default model.</param>
    /// <param name="cancellation">Ends the waiting, not the loading.</param>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="ModelUnavailableException">It could not be loaded; the same files are tried again after 10 seconds.</exception>
    /// <exception cref="ObjectDisposedException">The registry was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public ValueTask<ModelLease> AcquireAsync(string? id = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ModelSlot slot = SlotOf(id ?? DefaultId);
        return slot.Serving is { } serving && serving.TryHold()
            ? ValueTask.FromResult(new ModelLease(serving))
            : new ValueTask<ModelLease>(LoadAndAcquireAsync(slot, cancellation));
    }

    /// <summary>Loads a model, or replaces what serves under its name by a newer version. Where the same files serve already, nothing happens.</summary>
    /// <param name="id">The name. One that is not known yet is looked for below <see cref="ModelRegistryOptions.ModelsDirectory"/>.</param>
    /// <param name="path">The directory to load from now on, below <see cref="ModelRegistryOptions.ModelsDirectory"/>; null for where the model was.</param>
    /// <param name="cancellation">Ends the waiting, not the loading.</param>
    /// <returns>The model as it serves now.</returns>
    /// <exception cref="ArgumentException">The name or the path leads out of the models directory, or there is none.</exception>
    /// <exception cref="KeyNotFoundException">There is no such model, and none of that name in the models directory; or there is no such directory.</exception>
    /// <exception cref="ModelUnavailableException">It could not be loaded; what served before goes on serving.</exception>
    /// <exception cref="ObjectDisposedException">The registry was disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async Task<ModelEntry> LoadAsync(string id, string? path = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        while (true)
        {
            ModelSlot slot = Known(id, path, out string wanted);
            Loading loading;
            string version = ModelFiles.VersionOf(wanted);
            bool isOwn;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                if (!Holds(slot))
                {
                    continue;
                }

                if (slot.Loading is null && slot.Serving is { } serving && serving.Path == wanted && serving.Version == version)
                {
                    return slot.Entry(slot.Id == DefaultId);
                }

                isOwn = slot.Loading is null;
                loading = slot.Loading ?? Start(slot, wanted);
            }

            // What others load may be an older version or another directory: when it is there, look again.
            Task finished = isOwn ? loading.Model : Task.WhenAny(loading.Model);
            await finished.WaitAsync(cancellation).ConfigureAwait(false);
            if (isOwn)
            {
                lock (_gate)
                {
                    return slot.Entry(slot.Id == DefaultId);
                }
            }
        }
    }

    /// <summary>Takes a model out of memory as soon as its last lease is given back; the next request loads it again.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="cancellation">Ends the waiting for a loading that is under way.</param>
    /// <returns>Whether it was in memory.</returns>
    /// <exception cref="KeyNotFoundException">There is no such model.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public async Task<bool> UnloadAsync(string id, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        ModelSlot slot = SlotOf(id);
        if (slot.Loading is { } loading)
        {
            await Task.WhenAny(loading.Model).WaitAsync(cancellation).ConfigureAwait(false);
        }

        ServingModel? old;
        lock (_gate)
        {
            old = slot.TakeOut();
            Publish();
        }

        if (old is null)
        {
            return false;
        }

        old.GiveBack();
        RegistryLog.Unloaded(_logger, id);
        return true;
    }

    /// <summary>Gives the memory of all models back: at once where no lease is out, else with the last lease.</summary>
    public void Dispose()
    {
        ServingModel?[] serving;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            serving = [.. _order.Select(slot => slot.TakeOut())];
            Publish();
        }

        _idleTimer?.Dispose();
        foreach (ServingModel? model in serving)
        {
            model?.GiveBackAtOnce();
        }
    }

    private async Task<ModelLease> LoadAndAcquireAsync(ModelSlot slot, CancellationToken cancellation)
    {
        while (true)
        {
            Loading loading;
            string version = slot.CanLoad ? "" : ModelFiles.VersionOf(slot.Files.Path);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                slot = SlotOf(slot.Id);
                if (slot.Serving is { } serving && serving.TryHold())
                {
                    return new ModelLease(serving);
                }

                if (slot.Loading is null && slot.FaultToRepeat(version, _time) is { } fault)
                {
                    throw new ModelUnavailableException(slot.Id, fault.InnerException!.Message, fault.InnerException);
                }

                loading = slot.Loading ?? Start(slot, slot.Files.Path);
            }

            // A replacement that fails is the fault of who asked for it; who only wants the model loads what was there before.
            bool isOwn = loading.Path == slot.Files.Path;
            Task finished = isOwn ? loading.Model : Task.WhenAny(loading.Model);
            await finished.WaitAsync(cancellation).ConfigureAwait(false);
            if (loading.Model.IsCompletedSuccessfully && loading.Model.Result.TryHold())
            {
                return new ModelLease(loading.Model.Result);
            }
        }
    }

    /// <summary>Whether a name still stands for this slot: one that came late is forgotten when it cannot be loaded, and what it would load then nobody could find.</summary>
    private bool Holds(ModelSlot slot) => _slots.TryGetValue(slot.Id, out ModelSlot? known) && known == slot;

    private ModelSlot SlotOf(string? id) => id is not null && _slots.TryGetValue(id, out ModelSlot? slot)
        ? slot
        : throw new KeyNotFoundException(
            _slots.IsEmpty ? $"There is no model{(id is null ? "" : $" '{id}'")}; none was given." : $"There is no model '{id}'; there are {Names()}.");

    /// <summary>How callers' texts are decoded together.</summary>
    internal BatchingOptions Batching => _options.Batching;

    private string? DefaultId => _options.DefaultModel ?? (_models is [var first, ..] ? first.Id : null);

    private string Names() => string.Join(", ", _models.Count > 0 ? _models.Select(model => model.Id) : _order.Select(slot => slot.Id));
}
