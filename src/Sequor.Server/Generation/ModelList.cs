using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sequor.Server.Generation;

/// <summary>The models.</summary>
/// <param name="Models">The models, in the order in which they were named.</param>
internal sealed record ModelList(IReadOnlyList<ModelDetails> Models);

/// <summary>What is known of a model.</summary>
internal sealed record ModelDetails
{
    /// <summary>Its id: the name of its directory.</summary>
    public required string Id { get; init; }

    /// <summary>ready, loading, unloaded (the next request loads it) or failed.</summary>
    public required string State { get; init; }

    /// <summary>The language it reads; null where nobody says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? SourceLanguage { get; init; }

    /// <summary>The language it writes; null where nobody says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? TargetLanguage { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The number of its weights; null where it was never loaded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? Parameters { get; init; }

    /// <summary>How its matrices are held: float32, float16, bfloat16, int8 or int7; null where it was never loaded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? ComputeType { get; init; }

    /// <summary>Whether it can tell what it looked at; null where it was never loaded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool? HasAttention { get; init; }

    /// <summary>Whether it is the one that is meant when none is named.</summary>
    public required bool Default { get; init; }

    /// <summary>Why it could not be read; null where it could.</summary>
    public string? Fault { get; init; }

    /// <summary>Its card, as it lies in its directory: training data, intended use, known failures, metrics, training curve. Not in lists.</summary>
    public JsonElement? Card { get; init; }
}
