using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sequor.Server.Generation;

/// <summary>What <c>GET /v1/models</c> answers.</summary>
/// <param name="Models">The models.</param>
[Description("The models.")]
internal sealed record ModelList([property: Description("The models, in the order in which they were named.")] IReadOnlyList<ModelDetails> Models);

/// <summary>What is known of a model.</summary>
[Description("What is known of a model.")]
internal sealed record ModelDetails
{
    /// <summary>Its id.</summary>
    [Description("Its id: the name of its directory.")]
    public required string Id { get; init; }

    /// <summary>Whether it can answer.</summary>
    [Description("ready, loading, unloaded (the next request loads it) or failed.")]
    public required string State { get; init; }

    /// <summary>The language of its sources.</summary>
    [Description("The language it reads; null where nobody says.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? SourceLanguage { get; init; }

    /// <summary>The language of its outputs.</summary>
    [Description("The language it writes; null where nobody says.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? TargetLanguage { get; init; }

    /// <summary>What it is called.</summary>
    [Description("What people call it.")]
    public required string Name { get; init; }

    /// <summary>The number of its weights.</summary>
    [Description("The number of its weights; null where it was never loaded.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? Parameters { get; init; }

    /// <summary>How matrices are held.</summary>
    [Description("How its matrices are held: float32, float16, bfloat16, int8 or int7; null where it was never loaded.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? ComputeType { get; init; }

    /// <summary>Whether it has attention.</summary>
    [Description("Whether it can tell what it looked at; null where it was never loaded.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool? HasAttention { get; init; }

    /// <summary>Whether it is meant when none is named.</summary>
    [Description("Whether it is the one that is meant when none is named.")]
    public required bool Default { get; init; }

    /// <summary>Why it cannot answer.</summary>
    [Description("Why it could not be read; null where it could.")]
    public string? Fault { get; init; }

    /// <summary>Its card.</summary>
    [Description("Its card, as it lies in its directory: training data, intended use, known failures, metrics, training curve. Not in lists.")]
    public JsonElement? Card { get; init; }
}
