using Sequor.Configuration;
using Sequor.Tensors;
using Sequor.Tensors.Kernels;

namespace Sequor.Extensions;

/// <summary>How models are held by a <see cref="ModelRegistry"/>.</summary>
public sealed record ModelRegistryOptions
{
    /// <summary>How callers' texts are decoded together, for each model; its name is filled in.</summary>
    public BatchingOptions Batching { get; init; } = new();

    /// <summary>How to decode in place of what the models' configurations say; null for that. Default null.</summary>
    public DecodingConfiguration? Decoding { get; init; }

    /// <summary>How matrices are held; null for what each configuration says, which usually is as they are stored. Default null.</summary>
    public WeightType? ComputeType { get; init; }

    /// <summary>Where to work; null for the default device. Default null.</summary>
    public Device? Device { get; init; }

    /// <summary>The directory below which models may be loaded by name or path while the program runs; null where none may be added. Default null.</summary>
    public string? ModelsDirectory { get; init; }

    /// <summary>The name of the model that is meant when none is named; null for the first. Default null.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>Whether a model is loaded by the first request for it, and not when the registry is made. Default false.</summary>
    public bool LoadLazily { get; init; }

    /// <summary>How long a model may be in memory without being used, 1 ms to 24 days; the next request loads it again. Null for as long as the registry is. Default null.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Whether a word is decoded by each model before it answers, so that the first request need not wait for code to be compiled. Default false.</summary>
    public bool WarmUp { get; init; }

    /// <summary>Every fault of these options, as sentences; none when they can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. Batching.Validate()];
        if (IdleTimeout is { } idle && (idle < TimeSpan.FromMilliseconds(1) || idle > TimeSpan.FromDays(24)))
        {
            faults.Add($"A model may be unused for {idle.TotalSeconds} s before it is unloaded; it must be 0.001 s to 24 days, or nothing for ever.");
        }

        if (ModelsDirectory is { } directory && !Directory.Exists(directory))
        {
            faults.Add($"There is no models directory '{directory}'. Name one that exists, or none where no models are to be added.");
        }

        return faults;
    }
}
