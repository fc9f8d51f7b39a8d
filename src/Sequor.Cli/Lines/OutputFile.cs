using Sequor.Cli.Faults;

namespace Sequor.Cli.Lines;

/// <summary>Files that are written after long work: whether they can be is asked before it.</summary>
internal static class OutputFile
{
    /// <summary>Makes sure that a file can be written at a path; null and <c>-</c> stand for standard output, which always can.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">The path is a directory, or its directory is not there.</exception>
    public static void Require(string? path)
    {
        if (path is null or "-")
            return;
        if (Directory.Exists(path))
            throw new InputException($"{path} is a directory; a file to write is needed. Name a file in it.");
        string? directory = Path.GetDirectoryName(Path.GetFullPath(path));
        if (directory is not null && !Directory.Exists(directory))
            throw new InputException($"There is no directory {directory} to write {Path.GetFileName(path)} in. Make it first, or name another.");
    }
}
