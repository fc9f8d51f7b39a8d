using System.Globalization;
using System.Text.Json;

namespace Sequor.Decoding.Constraints;

/// <summary>Reads the text of a glossary: lines or JSON.</summary>
internal static class GlossaryText
{
    private const int MostFaults = 10;

    private static readonly JsonDocumentOptions _options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The entries.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called in a fault.</param>
    /// <exception cref="InvalidDataException">The text is no glossary.</exception>
    internal static IReadOnlyList<GlossaryEntry> Read(string text, string name) => text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith('{')
        ? ReadJson(text.TrimStart('\uFEFF'), name)
        : ReadLines(text.TrimStart('\uFEFF'), name);

    private static List<GlossaryEntry> ReadLines(string text, string name)
    {
        List<GlossaryEntry> entries = [];
        List<string> faults = [];
        int number = 0;
        foreach (string ended in text.Split('\n'))
        {
            number++;
            string line = ended.EndsWith('\r') ? ended[..^1] : ended;
            string[] fields = line.Split('\t');
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (fields.Length != 2)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{name}, line {number}{(fields.Length > 2 ? $", column {fields[0].Length + fields[1].Length + 3}" : "")}: one tab must part the term from its translation, but there are {fields.Length - 1}."));
            }
            else if (string.IsNullOrWhiteSpace(fields[0]))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}, column 1: there is no term before the tab."));
            }
            else if (Alternatives.Parse(fields[1]) is not { } targets)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}, column {fields[0].Length + 2}: a translation is empty."));
            }
            else
            {
                entries.Add(new GlossaryEntry(fields[0], targets));
            }
        }

        return faults.Count == 0 ? entries : throw new InvalidDataException(string.Join(' ', faults.Take(MostFaults)));
    }

    private static List<GlossaryEntry> ReadJson(string text, string name)
    {
        try
        {
            return JsonTexts.Read(text, _options, root => root.EnumerateObject().Select(property => new GlossaryEntry(property.Name, JsonTexts.Of(property.Value)
                ?? throw new InvalidDataException($"{name}: the translation of '{property.Name}' must be a text or an array of texts, none of them empty."))).ToList(), name);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{name}, line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}: this is no JSON object of terms and translations."), fault);
        }
    }
}
