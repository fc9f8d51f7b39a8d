using Sequor.Tensors.Kernels;

namespace Sequor.Extensions.Registry;

/// <summary>A loading that is under way.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Model">Ends when the model serves, or with the reason why not.</param>
internal sealed record Loading(string Path, Task<ServingModel> Model);

/// <summary>One name of the registry and what stands behind it. Changed under the registry's lock only; <see cref="Serving"/> is read without it.</summary>
/// <param name="id">The name.</param>
/// <param name="files">The directory.</param>
/// <param name="isLate">Whether it came when the registry was open already: it is forgotten again when it cannot be loaded.</param>
internal sealed class ModelSlot(string id, ModelFiles files, bool isLate = false)
{
    // Reading damaged weights may take seconds: not every request in a burst shall do it again.
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(10);

    private volatile ServingModel? _serving;
    private WeightType? _computeType;
    private bool? _hasAttention;
    private long? _parameters = files.Card?.Parameters;
    private double? _loadSeconds;
    private IReadOnlyList<string> _warnings = [];

    internal string Id => id;

    /// <summary>Whether it came late and has never answered.</summary>
    internal bool IsOnTrial => isLate && _loadSeconds is null;

    /// <summary>The directory that is loaded when the model is not in memory.</summary>
    internal ModelFiles Files { get; private set; } = files;

    /// <summary>What answers; null where the model is not in memory.</summary>
    internal ServingModel? Serving => _serving;

    /// <summary>The loading that is under way; null for none.</summary>
    internal Loading? Loading { get; set; }

    /// <summary>What went wrong last; null where nothing did.</summary>
    internal ModelUnavailableException? Fault { get; private set; }

    /// <summary>When it went wrong, as the clock's stamp.</summary>
    private long FailedAt { get; set; }

    /// <summary>The version of the files that could not be loaded.</summary>
    private string FailedVersion { get; set; } = "";

    /// <summary>Whether nothing is known against the slot's own directory.</summary>
    internal bool CanLoad { get; private set; } = true;

    /// <summary>Puts a model in place of what was there.</summary>
    /// <returns>What was there.</returns>
    internal ServingModel? Replace(ServingModel model, ModelFiles files, double seconds)
    {
        ServingModel? old = _serving;
        (Files, Fault, Loading, CanLoad) = (files, null, null, true);
        (_parameters, _computeType, _hasAttention) = (model.Translator.Parameters, model.Translator.ComputeType, model.Translator.HasAttention);
        (_loadSeconds, _warnings) = (seconds, model.Translator.Warnings);
        _serving = model;
        return old;
    }

    /// <summary>Takes note of a loading that failed; what served goes on serving.</summary>
    internal void Fail(ModelUnavailableException fault, string path, string version, long now)
    {
        (Fault, FailedVersion, FailedAt, Loading) = (fault, version, now, null);
        CanLoad = path != Files.Path;
    }

    /// <summary>The fault that a request would only meet again: the same files could not be loaded a moment ago.</summary>
    /// <param name="version">The version of the files now.</param>
    /// <param name="time">The clock.</param>
    internal ModelUnavailableException? FaultToRepeat(string version, TimeProvider time) =>
        !CanLoad && version == FailedVersion && time.GetElapsedTime(FailedAt) < _retryAfter ? Fault : null;

    /// <summary>Takes the model out of service.</summary>
    internal ServingModel? TakeOut()
    {
        ServingModel? old = _serving;
        _serving = null;
        return old;
    }

    /// <summary>What others may know.</summary>
    internal ModelEntry Entry(bool isDefault)
    {
        ServingModel? serving = _serving;
        ModelState state = serving is not null ? ModelState.Ready
            : Loading is not null ? ModelState.Loading
            : !CanLoad ? ModelState.Failed
            : ModelState.Unloaded;
        return new ModelEntry(Id, Files.Path, state, serving?.Translator.Configuration ?? Files.Configuration)
        {
            Fault = Fault?.Message,
            IsDefault = isDefault,
            Version = Files.Version,
            Card = Files.Card,
            Parameters = _parameters,
            ComputeType = _computeType,
            HasAttention = _hasAttention,
            WeightBytes = serving?.Translator.WeightBytes ?? 0,
            LoadSeconds = _loadSeconds,
            Warnings = _warnings,
        };
    }
}
