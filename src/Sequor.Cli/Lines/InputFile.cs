using Sequor.Cli.Faults;

namespace Sequor.Cli.Lines;

/// <summary>Files that somebody named on the command line.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">There is no such file, it is a directory, or it may not be read.</exception>
    public static FileStream Open(string path)
    {
        Require(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new InputException($"The file {path} may not be read by this user. Change its permissions or its path.", fault);
        }
    }

    /// <summary>Makes sure that there is such a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">There is no such file, or it is a directory.</exception>
    public static void Require(string path)
    {
        if (Directory.Exists(path))
            throw new InputException($"{path} is a directory; a file is needed here. Name the file in it.");
        if (!File.Exists(path))
            throw new InputException($"There is no file {path}. Check the path; relative ones start at {Environment.CurrentDirectory}.");
    }
}
