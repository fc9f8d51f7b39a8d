using System.Text.Json;

namespace Sequor.Batching;

/// <summary>Pairs from a file with a JSON object per line.</summary>
internal sealed class JsonLinesReader(JsonLinesFile file, int lineLimitBytes) : SingleFileReader(file.Path, lineLimitBytes)
{
    protected override bool TrySplit(string line, out SentencePair pair)
    {
        pair = default;
        if (string.IsNullOrWhiteSpace(line))
            return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw CorpusException.NotJson(file.Path, Line, 1, $"it is {Describe(document.RootElement)}.");
            pair = new SentencePair(Find(document.RootElement, file.SourceKey), Find(document.RootElement, file.TargetKey));
            return true;
        }
        catch (JsonException fault)
        {
            throw CorpusException.NotJson(file.Path, Line, (fault.BytePositionInLine ?? 0) + 1, fault.Message.Split(" LineNumber:")[0]);
        }
    }

    private string Find(JsonElement element, string key)
    {
        JsonElement root = element;
        // A key that holds dots itself goes before the way they would name.
        if (!root.TryGetProperty(key, out element))
        {
            element = root;
            foreach (string part in key.Split('.'))
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                    throw CorpusException.KeyMissing(file.Path, Line, key, $"its keys are {string.Join(", ", root.EnumerateObject().Select(entry => entry.Name))}");
            }
        }

        if (element.ValueKind != JsonValueKind.String)
            throw CorpusException.KeyMissing(file.Path, Line, key, $"there is {Describe(element)}");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw CorpusException.KeyMissing(file.Path, Line, key, "the text holds half a surrogate pair (\\uD800 to \\uDFFF), which is no character");
        }
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        JsonValueKind.String => "a text",
        _ => "true or false",
    };
}
