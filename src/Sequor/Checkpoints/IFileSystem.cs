namespace Sequor.Checkpoints;

/// <summary>Everything that changes files here goes through this door, so that a test can make any step fail.</summary>
internal interface IFileSystem
{
    /// <summary>Makes a new file, or empties an old one, for writing.</summary>
    Stream Create(string path);

    /// <summary>Waits until what was written to a stream of <see cref="Create"/> lies on the disk.</summary>
    void Flush(Stream stream);

    /// <summary>Makes a directory and those above it.</summary>
    void CreateDirectory(string path);

    /// <summary>Waits, where the system can, until renames in a directory lie on the disk. Never fails.</summary>
    void FlushDirectory(string path);

    /// <summary>Renames a file, replacing what has the new name.</summary>
    void MoveFile(string from, string to);

    /// <summary>Renames a directory to a name that is free.</summary>
    void MoveDirectory(string from, string to);

    /// <summary>Deletes a file.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a directory with all it holds.</summary>
    void DeleteDirectory(string path);
}

/// <summary>The real disk.</summary>
internal sealed class Disk : IFileSystem
{
    public static readonly Disk Instance = new();

    public Stream Create(string path) => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);

    public void Flush(Stream stream) => ((FileStream)stream).Flush(flushToDisk: true);

    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    public void FlushDirectory(string path) => DirectoryFlush.Run(path);

    public void MoveFile(string from, string to) => File.Move(from, to, overwrite: true);

    public void MoveDirectory(string from, string to) => Directory.Move(from, to);

    public void DeleteFile(string path) => File.Delete(path);

    public void DeleteDirectory(string path) => Directory.Delete(path, recursive: true);
}
