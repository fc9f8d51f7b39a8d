using Sequor.Cli.Faults;

namespace Sequor.Cli.Verbs;

/// <summary>Checks that files belong together line by line.</summary>
internal static class LineCounts
{
    /// <summary>Refuses files of different lengths, and an empty one.</summary>
    /// <param name="path">The file that the others are held to.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="others">The other files with their lines.</param>
    /// <exception cref="InputException">A count differs; all that do are named.</exception>
    public static void RequireEqual(string path, int lines, IEnumerable<(string Path, int Lines)> others)
    {
        if (lines == 0)
            throw new InputException($"{path} is empty; there is nothing to score.");
        string[] differing = [.. others.Where(other => other.Lines != lines).Select(other => $"{other.Path} has {other.Lines}")];
        if (differing.Length > 0)
        {
            throw new InputException(
                $"{path} has {lines} lines, but {string.Join(" and ", differing)}. All must have one line for each sentence, in the same order.");
        }
    }
}
