using System.Text.Json;

namespace Sequor.Training.Logs;

/// <summary>The entries of the logs as JSON objects. A number that is not finite is written as null and read as NaN.</summary>
internal static class LogJson
{
    public static void Write(Utf8JsonWriter json, TrainingLogEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("update", entry.Update);
        json.WriteNumber("epoch", entry.Epoch);
        Number(json, "loss", entry.Loss);
        Number(json, "nll", entry.Nll);
        Number(json, "perplexity", entry.Perplexity);
        Number(json, "lr", entry.LearningRate);
        Number(json, "grad_norm", entry.GradientNorm);
        Number(json, "target_tokens_per_s", entry.TargetTokensPerSecond);
        Number(json, "elapsed_s", entry.ElapsedSeconds);
        if (entry.GradientNormByLayer.Count > 0)
        {
            json.WriteStartObject("grad_norm_by_layer");
            foreach (NamedNorm norm in entry.GradientNormByLayer)
            {
                Number(json, norm.Name, norm.Norm);
            }

            json.WriteEndObject();
        }

        if (entry.GradientNormByDistance.Count > 0)
        {
            json.WriteStartObject("grad_norm_by_distance");
            foreach (NormsByDistance layer in entry.GradientNormByDistance)
            {
                json.WriteStartArray(layer.Name);
                foreach (double norm in layer.Norms)
                {
                    Number(json, norm);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ValidationEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("update", entry.Update);
        json.WriteNumber("epoch", entry.Epoch);
        Number(json, "loss", entry.Loss);
        Number(json, "nll", entry.Nll);
        Number(json, "perplexity", entry.Perplexity);
        Number(json, "accuracy", entry.Accuracy);
        if (entry.Bleu is { } bleu)
        {
            Number(json, "bleu", bleu);
        }

        if (entry.Chrf is { } chrf)
        {
            Number(json, "chrf", chrf);
        }

        json.WriteBoolean("best", entry.IsBest);
        Number(json, "elapsed_s", entry.ElapsedSeconds);
        json.WriteEndObject();
    }

    public static TrainingLogEntry ReadTraining(JsonElement line) => new()
    {
        Update = line.GetProperty("update").GetInt64(),
        Epoch = line.GetProperty("epoch").GetInt32(),
        Loss = Number(line, "loss"),
        Nll = Number(line, "nll"),
        Perplexity = Number(line, "perplexity"),
        LearningRate = Number(line, "lr"),
        GradientNorm = Number(line, "grad_norm"),
        TargetTokensPerSecond = Number(line, "target_tokens_per_s"),
        ElapsedSeconds = Number(line, "elapsed_s"),
        GradientNormByLayer = line.TryGetProperty("grad_norm_by_layer", out JsonElement norms)
            ? [.. norms.EnumerateObject().Select(norm => new NamedNorm(norm.Name, Number(norm.Value)))]
            : [],
        GradientNormByDistance = line.TryGetProperty("grad_norm_by_distance", out JsonElement layers)
            ? [.. layers.EnumerateObject().Select(layer => new NormsByDistance(layer.Name, [.. layer.Value.EnumerateArray().Select(Number)]))]
            : [],
    };

    public static ValidationEntry ReadValidation(JsonElement line) => new()
    {
        Update = line.GetProperty("update").GetInt64(),
        Epoch = line.GetProperty("epoch").GetInt32(),
        Loss = Number(line, "loss"),
        Nll = Number(line, "nll"),
        Perplexity = Number(line, "perplexity"),
        Accuracy = Number(line, "accuracy"),
        Bleu = line.TryGetProperty("bleu", out JsonElement bleu) ? Number(bleu) : null,
        Chrf = line.TryGetProperty("chrf", out JsonElement chrf) ? Number(chrf) : null,
        IsBest = line.GetProperty("best").GetBoolean(),
        ElapsedSeconds = Number(line, "elapsed_s"),
    };

    public static long ReadUpdate(JsonElement line) => line.GetProperty("update").GetInt64();

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static double Number(JsonElement line, string name) => Number(line.GetProperty(name));

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();
}
