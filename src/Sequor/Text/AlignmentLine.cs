using System.Globalization;

namespace Sequor.Text;

/// <summary>One link of a word alignment: a source word and the target word that says it.</summary>
/// <param name="Source">Place of the source word, from 0.</param>
/// <param name="Target">Place of the target word, from 0.</param>
/// <param name="IsSure">Whether the link is sure (<c>0-0</c>) or only possible (<c>0?0</c>). Default true.</param>
public readonly record struct AlignmentLink(int Source, int Target, bool IsSure = true);

/// <summary>
/// Reads lines of the Pharaoh format: <c>0-0 1-2</c>, the places of a source and a target word from 0. A link with a
/// question mark, <c>1?2</c>, is possible and not sure, as people annotate them (Och and Ney 2003).
/// </summary>
public static class AlignmentLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">Links between spaces or tabs; an empty line has none.</param>
    /// <param name="links">The links in their order; one that stands twice comes twice. Empty when there is a fault.</param>
    /// <param name="fault">What is wrong, as a sentence that names the item; null when nothing is.</param>
    /// <returns>Whether the line could be read.</returns>
    public static bool TryParse(string line, out IReadOnlyList<AlignmentLink> links, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(line);
        string[] items = WordsOf(line);
        AlignmentLink[] read = new AlignmentLink[items.Length];
        (links, fault) = ([], null);
        for (int i = 0; i < items.Length; i++)
        {
            if (!TryParse(items[i], out read[i]))
            {
                fault = string.Create(
                    CultureInfo.InvariantCulture,
                    $"item {i + 1}, '{items[i]}', is not a link such as 0-0 (sure) or 0?0 (possible): the places of a source and a target word, from 0");
                return false;
            }
        }

        links = read;
        return true;
    }

    /// <summary>The words that places count: what stands between spaces (U+0020) or tabs.</summary>
    /// <param name="text">One line.</param>
    public static string[] WordsOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool TryParse(string item, out AlignmentLink link)
    {
        link = default;
        int mark = item.AsSpan().IndexOfAny('-', '?');
        if (mark < 0 || !TryPlace(item.AsSpan(0, mark), out int source) || !TryPlace(item.AsSpan(mark + 1), out int target))
        {
            return false;
        }

        link = new AlignmentLink(source, target, item[mark] == '-');
        return true;
    }

    private static bool TryPlace(ReadOnlySpan<char> text, out int place) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out place);
}
