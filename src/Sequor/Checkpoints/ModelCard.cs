using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sequor.Checkpoints;

/// <summary>What someone must know before using a model: <c>card.json</c>, and for people <c>card.md</c>.</summary>
public sealed record ModelCard
{
    /// <summary>The newest format this library reads and the one it writes.</summary>
    public const int CurrentFormatVersion = 1;

    private static readonly ModelCardJson _json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });

    /// <summary>The format of the file.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>The model's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the model does, in a sentence or two.</summary>
    public string Description { get; init; } = "";

    /// <summary>The source language, or null.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The target language, or null.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>The licence of the weights, or null when none is stated.</summary>
    public string? License { get; init; }

    /// <summary>What the model is meant for, and what not.</summary>
    public string IntendedUse { get; init; } = "";

    /// <summary>Where it is known to fail.</summary>
    public IReadOnlyList<string> KnownFailures { get; init; } = [];

    /// <summary>What it was trained on.</summary>
    public IReadOnlyList<CardCorpus> TrainingData { get; init; } = [];

    /// <summary>The model it was tuned from, or null when its weights began at random.</summary>
    public string? Parent { get; init; }

    /// <summary>The seed of the run.</summary>
    public long Seed { get; init; }

    /// <summary>How many numbers the weights are.</summary>
    public long Parameters { get; init; }

    /// <summary>How matrices are stored: <c>float32</c>, <c>float16</c>, <c>bfloat16</c>, <c>int8</c> or <c>int7</c>; empty when it is not stated.</summary>
    public string WeightType { get; init; } = "";

    /// <summary>The <see cref="WeightsHash"/> of the weights; filled in when the model is saved.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>What it scores.</summary>
    public IReadOnlyList<CardMetric> Metrics { get; init; } = [];

    /// <summary>How training went, validation by validation.</summary>
    public IReadOnlyList<CardPoint> Curve { get; init; } = [];

    /// <summary>How long training took.</summary>
    public CardTraining Training { get; init; } = new();

    /// <summary>The machine it was trained on: processor, cores, memory, system.</summary>
    public string Machine { get; init; } = "";

    /// <summary>The software it was trained with: versions of Sequor and .NET, instruction set.</summary>
    public string Software { get; init; } = "";

    /// <summary>The SHA-256 of each vocabulary file, by name; filled in when the model is saved.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The card as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _json.ModelCard) + "\n";

    /// <summary>The card for people.</summary>
    public string ToMarkdown() => ModelCardText.Of(this);

    /// <summary>Reads a card.</summary>
    /// <param name="json">The JSON, in UTF-8.</param>
    /// <param name="name">The file's name, for faults.</param>
    /// <exception cref="ModelFormatException">The JSON is damaged or of a newer format.</exception>
    public static ModelCard Parse(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            ModelCard card = Complete(JsonSerializer.Deserialize(json, _json.ModelCard) ?? throw new JsonException("it is null"));
            return card.FormatVersion <= CurrentFormatVersion ? card : throw new ModelFormatException(
                $"{name} has format {card.FormatVersion}, and this version of Sequor reads formats up to {CurrentFormatVersion}; a newer Sequor reads it.");
        }
        catch (JsonException fault)
        {
            throw new ModelFormatException($"{name} is damaged: {fault.Message}", fault);
        }
    }

    /// <summary>Generated readers set every property, and those that the file leaves out to null in spite of their initialisers.</summary>
    private static ModelCard Complete(ModelCard read)
    {
        ModelCard empty = new();
        return read with
        {
            FormatVersion = read.FormatVersion == 0 ? 1 : read.FormatVersion,
            Name = read.Name ?? empty.Name,
            Description = read.Description ?? empty.Description,
            IntendedUse = read.IntendedUse ?? empty.IntendedUse,
            KnownFailures = read.KnownFailures ?? empty.KnownFailures,
            TrainingData = read.TrainingData ?? empty.TrainingData,
            WeightType = read.WeightType ?? empty.WeightType,
            WeightsSha256 = read.WeightsSha256 ?? empty.WeightsSha256,
            Metrics = read.Metrics ?? empty.Metrics,
            Curve = read.Curve ?? empty.Curve,
            Training = read.Training ?? empty.Training,
            Machine = read.Machine ?? empty.Machine,
            Software = read.Software ?? empty.Software,
            Files = read.Files ?? empty.Files,
        };
    }
}

/// <summary>A corpus a model was trained on.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="License">Its licence.</param>
/// <param name="Sha256">The SHA-256 of its files, or null.</param>
/// <param name="Pairs">How many pairs were used, or null.</param>
/// <param name="Source">Where it comes from and whom to name, or null.</param>
public sealed record CardCorpus(string Name, string License, string? Sha256 = null, long? Pairs = null, string? Source = null);

/// <summary>A score of a model.</summary>
/// <param name="Name">The metric: <c>bleu</c>, <c>chrf</c>.</param>
/// <param name="TestSet">What it was measured on.</param>
/// <param name="Score">The score.</param>
/// <param name="Signature">How it was computed, in the metric's own words; empty when it has none.</param>
/// <param name="Low">The lower end of the 95 % confidence interval, or null.</param>
/// <param name="High">The upper end, or null.</param>
public sealed record CardMetric(string Name, string TestSet, double Score, string Signature = "", double? Low = null, double? High = null);

/// <summary>One validation.</summary>
/// <param name="Update">After how many updates.</param>
/// <param name="Loss">The validation loss, in nats per target token.</param>
/// <param name="Bleu">The BLEU of the decoded output, or null when none was decoded.</param>
public sealed record CardPoint(long Update, double Loss, double? Bleu = null);

/// <summary>How long a training took.</summary>
/// <param name="Updates">Updates made.</param>
/// <param name="Epochs">Passes over the data, begun ones counted.</param>
/// <param name="Minutes">Minutes of wall time.</param>
/// <param name="TargetTokensPerSecond">Real target tokens per second, over the whole run.</param>
public sealed record CardTraining(long Updates = 0, double Epochs = 0, double Minutes = 0, double TargetTokensPerSecond = 0);

/// <summary>The JSON of cards, made at compile time.</summary>
[JsonSerializable(typeof(ModelCard))]
internal sealed partial class ModelCardJson : JsonSerializerContext;
