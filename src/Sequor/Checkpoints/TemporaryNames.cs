using System.Diagnostics;
using System.Globalization;

namespace Sequor.Checkpoints;

/// <summary>Names for what is not finished yet, and the clearing up after runs that were killed.</summary>
internal static class TemporaryNames
{
    private const string Partial = ".sequor-partial";
    private const string Replaced = ".sequor-replaced";

    private static int _count;

    /// <summary>A sibling of <paramref name="path"/> that nobody else uses: <c>.name.1234-5.sequor-partial</c>.</summary>
    public static string PartialOf(string path) => Sibling(path, string.Create(
        CultureInfo.InvariantCulture, $".{Environment.ProcessId}-{Interlocked.Increment(ref _count)}{Partial}"));

    /// <summary>Where a directory waits while another takes its name.</summary>
    public static string ReplacedOf(string path) => Sibling(path, Replaced);

    /// <summary>The directory that holds <paramref name="path"/>.</summary>
    public static string ParentOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;

    /// <summary>
    /// Removes what killed runs left in a directory, and gives a directory its name back that was moved aside when its
    /// replacement never came. What belongs to a process that still lives is left alone.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <param name="files">The disk.</param>
    /// <param name="only">The name whose leftovers are meant; null for all, which asks that nothing else of this process writes here.</param>
    /// <returns>One sentence for each thing done.</returns>
    public static IReadOnlyList<string> ClearLeftovers(string directory, IFileSystem files, string? only = null)
    {
        List<string> done = [];
        foreach (string path in Directory.EnumerateFileSystemEntries(directory, ".*").Order(StringComparer.Ordinal).ToArray())
        {
            string name = Path.GetFileName(path);
            if (only is not null && Owned(name) != only)
            {
                continue;
            }
            if (name.EndsWith(Partial, StringComparison.Ordinal) && !OwnerLives(name))
            {
                Delete(path, files);
                done.Add($"Removed {path}, which a killed run left unfinished.");
            }
            else if (name.EndsWith(Replaced, StringComparison.Ordinal))
            {
                done.Add(Settle(path, Path.Combine(directory, name[1..^Replaced.Length]), files));
            }
        }
        return done;
    }

    /// <summary>The name that a temporary name was made from; empty when it was made from none.</summary>
    private static string Owned(string temporary)
    {
        bool partial = temporary.EndsWith(Partial, StringComparison.Ordinal);
        string name = partial ? temporary[..^Partial.Length]
            : temporary.EndsWith(Replaced, StringComparison.Ordinal) ? temporary[..^Replaced.Length] : "";
        int end = partial ? name.LastIndexOf('.') : name.Length;
        return end > 1 ? name[1..end] : "";
    }

    private static string Settle(string replaced, string target, IFileSystem files)
    {
        if (Directory.Exists(target))
        {
            Delete(replaced, files);
            return $"Removed {replaced}, whose replacement is complete.";
        }
        files.MoveDirectory(replaced, target);
        return $"Restored {target}, whose replacement was never finished.";
    }

    private static void Delete(string path, IFileSystem files)
    {
        if (Directory.Exists(path))
        {
            files.DeleteDirectory(path);
        }
        else
        {
            files.DeleteFile(path);
        }
    }

    private static bool OwnerLives(string name)
    {
        string owner = name[..^Partial.Length];
        owner = owner[(owner.LastIndexOf('.') + 1)..].Split('-')[0];
        // In a container a restarted run often has the number of the one that was killed.
        if (!int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out int process) || process == Environment.ProcessId)
        {
            return false;
        }
        try
        {
            using Process living = Process.GetProcessById(process);
            return !living.HasExited;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Sibling(string path, string suffix) =>
        Path.Combine(ParentOf(path), "." + Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) + suffix);
}
