using System.Globalization;

namespace Sequor.Text.SubwordNmt;

/// <summary>The merges of a subword-nmt codes file, first merge first.</summary>
internal sealed class MergeCodes
{
    /// <summary>Marks the end of a word within merges.</summary>
    internal const string WordEnd = "</w>";

    private const string FirstWord = "#version:";

    private readonly Dictionary<(string Left, string Right), int> _ranks = [];
    private readonly Dictionary<string, (string Left, string Right)> _parts = new(StringComparer.Ordinal);

    /// <summary>Merges in their order; of one that stands twice the first counts.</summary>
    /// <param name="merges">The merges.</param>
    /// <param name="isFirstVersion">Whether the mark of the word's end is a symbol of its own (version 0.1) or belongs to the last character (0.2).</param>
    internal MergeCodes(IReadOnlyList<(string Left, string Right)> merges, bool isFirstVersion)
    {
        (Merges, IsFirstVersion) = (merges, isFirstVersion);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            _ranks.TryAdd(merges[rank], rank);
            _parts.TryAdd(merges[rank].Left + merges[rank].Right, merges[rank]);
        }
    }

    internal IReadOnlyList<(string Left, string Right)> Merges { get; }

    internal bool IsFirstVersion { get; }

    /// <summary>The rank of a merge, or int.MaxValue where there is none.</summary>
    internal int RankOf(string left, string right) => _ranks.GetValueOrDefault((left, right), int.MaxValue);

    /// <summary>The two symbols that a symbol was first merged from.</summary>
    internal bool TryPart(string symbol, out (string Left, string Right) parts) => _parts.TryGetValue(symbol, out parts);

    /// <summary>Whether a first line may begin a codes file: it names a version, or is a merge of version 0.1.</summary>
    internal static bool MayBegin(string firstLine) =>
        firstLine.StartsWith(FirstWord, StringComparison.Ordinal)
        || (firstLine.Split(' ') is [{ Length: > 0 }, { Length: > 0 }] && !firstLine.Any(char.IsControl));

    /// <summary>Takes the lines of a codes file apart.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="name">How the file is named in a fault.</param>
    /// <param name="offset">Lines of the file before the first of these.</param>
    internal static MergeCodes Parse(ReadOnlySpan<string> lines, string name, int offset = 0)
    {
        bool named = lines.Length > 0 && lines[0].StartsWith(FirstWord, StringComparison.Ordinal);
        bool isFirst = !named || VersionOf(lines[0], name);
        var merges = new List<(string, string)>(lines.Length);
        for (int line = named ? 1 : 0; line < lines.Length; line++)
        {
            if (lines[line].Trim(' ', '\r').Split(' ') is not [{ Length: > 0 } left, { Length: > 0 } right])
            {
                throw new ModelFormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Line {offset + line + 1} of the subword-nmt codes '{name}' is \"{lines[line]}\"; every line must hold two symbols with one space between them."));
            }

            merges.Add((left, right));
        }

        return new MergeCodes(merges, isFirst);
    }

    /// <summary>The lines of a codes file.</summary>
    internal IEnumerable<string> ToLines() =>
        Merges.Select(merge => $"{merge.Left} {merge.Right}").Prepend(IsFirstVersion ? $"{FirstWord} 0.1" : $"{FirstWord} 0.2");

    private static bool VersionOf(string line, string name) => line[FirstWord.Length..].Trim() switch
    {
        "0.1" => true,
        "0.2" => false,
        string other => throw new ModelFormatException(
            $"The subword-nmt codes '{name}' are of version {other}; known are 0.1 and 0.2. Codes over bytes cannot be read: learn them over characters."),
    };
}
