using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Tensors.Kernels;

namespace Sequor.Extensions;

/// <summary>What is known of a model without using it; a snapshot.</summary>
/// <param name="Id">Its name: that of its directory.</param>
/// <param name="Path">Its directory.</param>
/// <param name="State">Whether it can answer.</param>
/// <param name="Configuration">Its configuration.</param>
public sealed record ModelEntry(string Id, string Path, ModelState State, SequorConfiguration Configuration)
{
    /// <summary>Why it could not be read, or why the last attempt to replace it failed; null where nothing went wrong.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether it is the one that is meant when none is named.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Stands for its files: another text as soon as one of them has changed.</summary>
    public string Version { get; init; } = "";

    /// <summary>Its card; null where its directory has none.</summary>
    public ModelCard? Card { get; init; }

    /// <summary>The language of its sources, such as <c>en</c>; null where neither configuration nor card says.</summary>
    public string? SourceLanguage => Configuration.Data.SourceLanguage ?? Card?.SourceLanguage;

    /// <summary>The language of its outputs; null where neither configuration nor card says.</summary>
    public string? TargetLanguage => Configuration.Data.TargetLanguage ?? Card?.TargetLanguage;

    /// <summary>The number of weights; null where it was never loaded and has no card.</summary>
    public long? Parameters { get; init; }

    /// <summary>How matrices are held in memory; null where it was never loaded.</summary>
    public WeightType? ComputeType { get; init; }

    /// <summary>Whether outputs can say what they looked at; null where it was never loaded.</summary>
    public bool? HasAttention { get; init; }

    /// <summary>Bytes that its weights take now; 0 where it is not in memory.</summary>
    public long WeightBytes { get; init; }

    /// <summary>How long the last loading took; null where it was never loaded.</summary>
    public double? LoadSeconds { get; init; }

    /// <summary>What should be known of it: one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
