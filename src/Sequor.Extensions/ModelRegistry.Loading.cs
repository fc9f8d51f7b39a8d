using Sequor.Configuration;
using Sequor.Extensions.Registry;

namespace Sequor.Extensions;

public sealed partial class ModelRegistry
{
    private const double LongestBetweenLooksSeconds = 30;

    private void AddFirst(string id, string path)
    {
        var slot = new ModelSlot(id, ModelFiles.Read(path));
        if (!_slots.TryAdd(id, slot))
        {
            throw new ArgumentException($"Two models are called '{id}', the name of their directories. Rename one of them.");
        }

        _order.Add(slot);
    }

    private void LoadAll()
    {
        List<ServingModel> loaded = [];
        try
        {
            foreach (ModelSlot slot in _order)
            {
                loaded.Add(Open(slot, slot.Files.Path));
            }
        }
        catch
        {
            loaded.ForEach(model => model.GiveBackAtOnce());
            throw;
        }
    }

    /// <summary>The slot of a name and the directory that it is to be loaded from; a name that is new is looked for in the models directory.</summary>
    private ModelSlot Known(string id, string? path, out string wanted)
    {
        bool isKnown = _slots.TryGetValue(id, out ModelSlot? slot);
        if (!isKnown && _options.ModelsDirectory is null)
        {
            return SlotOf(id, out wanted);
        }

        ModelPaths.RequireName(id);
        wanted = path is not null ? Allowed(path, slot) : slot?.Files.Path ?? Named(id);
        if (slot is not null)
        {
            return slot;
        }

        try
        {
            slot = new ModelSlot(id, ModelFiles.Read(wanted), isLate: true);
        }
        catch (Exception fault) when (fault is FormatException or IOException or ConfigurationException or UnauthorizedAccessException)
        {
            throw new ModelUnavailableException(id, fault.Message, fault);
        }

        lock (_gate)
        {
            if (_slots.TryAdd(id, slot))
            {
                _order.Add(slot);
                Publish();
            }

            return _slots[id];
        }
    }

    private ModelSlot SlotOf(string id, out string path)
    {
        ModelSlot slot = SlotOf(id);
        path = slot.Files.Path;
        return slot;
    }

    private string Named(string id) => Below(_options.ModelsDirectory!, id, $"There is no model '{id}', neither among {Names()} nor in the models directory.");

    private string Allowed(string path, ModelSlot? slot) =>
        slot is not null && Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) == slot.Files.Path ? slot.Files.Path
        : _options.ModelsDirectory is { } root ? Below(root, path, $"There is no directory '{path}' below the models directory.")
        : throw new ArgumentException("No models directory was set, so no model can be loaded from a path. Set one when the registry is made.");

    private static string Below(string root, string path, string absence)
    {
        try
        {
            return ModelPaths.Below(root, path);
        }
        catch (DirectoryNotFoundException fault)
        {
            throw new KeyNotFoundException(absence, fault);
        }
    }

    /// <summary>Starts a loading; under the lock.</summary>
    private Loading Start(ModelSlot slot, string path)
    {
        // A thread of its own: reading gigabytes must not keep one of the pool from answering requests.
        slot.Loading = new Loading(path, Task.Factory.StartNew(
            () => OpenOrNote(slot, path), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));
        Publish();
        return slot.Loading;
    }

    private ServingModel OpenOrNote(ModelSlot slot, string path)
    {
        string version = "";
        try
        {
            version = ModelFiles.VersionOf(path);
            return Open(slot, path);
        }
        catch (Exception fault) when (fault is not ObjectDisposedException)
        {
            RegistryLog.Failed(_logger, slot.Id, path, fault.Message);
            var unavailable = new ModelUnavailableException(slot.Id, fault.Message, fault);
            lock (_gate)
            {
                slot.Fail(unavailable, path, version, _time.GetTimestamp());
                if (slot.IsOnTrial && _slots.TryRemove(slot.Id, out _))
                {
                    _order.Remove(slot);
                }

                Publish();
            }

            throw unavailable;
        }
    }

    /// <summary>Loads a directory and puts it in place of what served under the name.</summary>
    private ServingModel Open(ModelSlot slot, string path)
    {
        long began = _time.GetTimestamp();
        ModelFiles files = ModelFiles.Read(path);
        BatchingTranslator translator = _load(path, _options.Batching with { ModelName = slot.Id });
        if (_options.WarmUp)
        {
            WarmUp(translator);
        }

        var model = new ServingModel(slot.Id, files, translator, _time);
        double seconds = _time.GetElapsedTime(began).TotalSeconds;
        ServingModel? old = null;
        bool isTooLate;
        lock (_gate)
        {
            isTooLate = _isDisposed;
            if (!isTooLate)
            {
                old = slot.Replace(model, files, seconds);
                Publish();
            }
        }

        if (isTooLate)
        {
            model.GiveBackAtOnce();
            throw new ObjectDisposedException(nameof(ModelRegistry));
        }

        Tell(slot, old, files, seconds);
        old?.GiveBack();
        return model;
    }

    private void Tell(ModelSlot slot, ServingModel? old, ModelFiles files, double seconds)
    {
        if (old is null)
        {
            RegistryLog.Loaded(_logger, slot.Id, files.Path, seconds, files.Version);
        }
        else
        {
            RegistryLog.Replaced(_logger, slot.Id, files.Path, seconds, files.Version);
        }
    }

    private static void WarmUp(BatchingTranslator translator)
    {
        try
        {
            translator.GenerateAsync(new GenerationJob("a")).GetAwaiter().GetResult();
        }
        catch
        {
            translator.Dispose();
            throw;
        }
    }

    private ITimer StartTimer(TimeSpan idle)
    {
        TimeSpan period = TimeSpan.FromSeconds(Math.Clamp(idle.TotalSeconds / 4, 0.001, LongestBetweenLooksSeconds));
        return _time.CreateTimer(static registry => ((ModelRegistry)registry!).UnloadIdle(), this, period, period);
    }

    private void UnloadIdle()
    {
        List<ServingModel> unloaded = [];
        lock (_gate)
        {
            foreach (ModelSlot slot in _order)
            {
                if (slot.Serving is { } serving && serving.Unused >= _options.IdleTimeout && serving.TryRetire())
                {
                    slot.TakeOut();
                    unloaded.Add(serving);
                }
            }

            if (unloaded.Count > 0)
            {
                Publish();
            }
        }

        unloaded.ForEach(model => RegistryLog.UnloadedIdle(_logger, model.Id, model.Unused.TotalSeconds));
    }

    /// <summary>Makes the snapshot that others read; under the lock, or before anybody else knows the registry.</summary>
    private void Publish()
    {
        string? first = _options.DefaultModel ?? (_order is [var slot, ..] ? slot.Id : null);
        _models = [.. _order.Select(one => one.Entry(one.Id == first))];
    }
}
