using System.Globalization;
using System.Text;

namespace Sequor.Text.SubwordNmt;

/// <summary>
/// Merges, vocabulary and settings in one text file: a line each for the kind, <c>separator X</c>, <c>restricted yes|no</c>, <c>glossary X</c> for each
/// glossary, <c>codes N</c> with N lines of a codes file, <c>pieces N</c> with N pieces in the order of their ids.
/// </summary>
internal static class SubwordNmtFile
{
    internal static void Write(Stream stream, SubwordNmtTokenizer tokenizer)
    {
        string[] codes = [.. tokenizer.Codes.ToLines()];
        List<string> head =
        [
            $"separator {tokenizer.Options.Separator}",
            tokenizer.IsRestricted ? "restricted yes" : "restricted no",
            .. tokenizer.Options.Glossaries.Select(glossary => $"glossary {glossary}"),
            string.Create(CultureInfo.InvariantCulture, $"codes {codes.Length}"),
            .. codes,
            string.Create(CultureInfo.InvariantCulture, $"pieces {tokenizer.Vocabulary.Size}"),
        ];
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(TokenizerFile.FirstWord + SubwordNmtTokenizer.Kind);
        head.ForEach(writer.WriteLine);
        writer.Flush();
        VocabularyFile.Write(stream, tokenizer.Vocabulary.Pieces);
    }

    /// <summary>Reads the file, or the codes of subword-nmt itself.</summary>
    internal static SubwordNmtTokenizer Read(Stream stream, string name)
    {
        string[] lines = VocabularyFile.Lines(stream, name);
        int at = 1;
        string separator = Value("separator");
        bool isRestricted = Value("restricted") switch
        {
            "yes" => true,
            "no" => false,
            string other => throw Fault(name, at - 1, $"says \"restricted {other}\"; it must be yes or no."),
        };
        var glossaries = new List<string>();
        while (at < lines.Length && lines[at].StartsWith("glossary ", StringComparison.Ordinal))
        {
            glossaries.Add(Value("glossary"));
        }

        int count = Count("codes");
        int offset = at;
        MergeCodes codes = MergeCodes.Parse(lines.AsSpan(at, count), name, offset);
        at += count;
        int pieces = Count("pieces");
        if (at + pieces != lines.Length)
        {
            throw Fault(name, lines.Length - 1, "is not the last of the pieces.");
        }

        Vocabulary vocabulary = VocabularyFile.Parse(lines, at, name);
        var options = new SubwordNmtOptions { Separator = separator, Glossaries = glossaries };
        return options.Validate() is { Count: > 0 } faults
            ? throw new ModelFormatException($"The tokenizer '{name}' is damaged. {string.Join(' ', faults)}")
            : new SubwordNmtTokenizer(codes, options, vocabulary, isRestricted);

        string Value(string key)
        {
            if (at >= lines.Length || !lines[at].StartsWith(key + " ", StringComparison.Ordinal))
            {
                throw Fault(name, at, $"must begin with \"{key} \".");
            }

            return lines[at++][(key.Length + 1)..];
        }

        int Count(string key) =>
            int.TryParse(Value(key), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 0 && value <= lines.Length - at
                ? value
                : throw Fault(name, at - 1, $"must say how many {key} follow, and the file is shorter.");
    }

    private static ModelFormatException Fault(string name, int line, string fault) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {line + 1} of the subword-nmt tokenizer '{name}' {fault}"));
}
