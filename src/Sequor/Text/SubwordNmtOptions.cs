using System.Text.RegularExpressions;

namespace Sequor.Text;

/// <summary>How a <see cref="SubwordNmtTokenizer"/> writes pieces and which it may write; names and defaults follow subword-nmt.</summary>
public sealed record SubwordNmtOptions
{
    /// <summary>What stands behind every piece that does not end its word; not empty, without spaces. Default <c>@@</c>.</summary>
    public string Separator { get; init; } = "@@";

    /// <summary>Regular expressions of texts that stay whole, within words too. Default none.</summary>
    public IReadOnlyList<string> Glossaries { get; init; } = [];

    /// <summary>Every fault of these settings, as sentences; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Separator.Length == 0 || Separator.AsSpan().IndexOfAny(' ', '\n', '\r') >= 0)
        {
            faults.Add($"Separator is \"{Separator}\"; it must be text without spaces and line ends, such as @@.");
        }

        foreach (string glossary in Glossaries)
        {
            try
            {
                if (glossary.Length == 0 || glossary.AsSpan().IndexOfAny('\n', '\r') >= 0 || Regex.IsMatch("", glossary))
                {
                    faults.Add($"The glossary \"{glossary}\" matches empty text or has a line end; it must match some characters of a word.");
                }
            }
            catch (ArgumentException fault)
            {
                faults.Add($"The glossary \"{glossary}\" is no regular expression: {fault.Message}");
            }
        }

        return faults;
    }
}
