namespace Sequor.Checkpoints;

/// <summary>
/// A directory that appears whole or not at all: files are written into a temporary sibling, each waits until it lies on the disk,
/// and <see cref="Commit"/> renames the sibling. Disposed without a commit, nothing remains.
/// </summary>
public sealed class AtomicDirectory : IDisposable
{
    private readonly IFileSystem _files;
    private readonly string _partial;
    private readonly Dictionary<string, string> _hashes = [];
    private bool _settled;

    internal AtomicDirectory(string path, IFileSystem files)
    {
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        _files = files;
        _partial = TemporaryNames.PartialOf(Path);
        files.CreateDirectory(_partial);
    }

    /// <summary>Begins a directory that will have the name <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The temporary sibling could not be made.</exception>
    public AtomicDirectory(string path)
        : this(path, Disk.Instance)
    {
    }

    /// <summary>The name the directory will have, in full.</summary>
    public string Path { get; }

    /// <summary>The SHA-256 of each file written so far, by name, in lower-case hexadecimal digits.</summary>
    public IReadOnlyDictionary<string, string> Hashes => _hashes;

    /// <summary>Writes one file and waits until it lies on the disk.</summary>
    /// <param name="name">Its name within the directory.</param>
    /// <param name="content">Writes the content.</param>
    /// <exception cref="IOException">It could not be written; the message says which file of which directory.</exception>
    public void WriteFile(string name, Action<Stream> content)
    {
        if (System.IO.Path.GetFileName(name) != name)
        {
            throw new ArgumentException($"\"{name}\" is not the name of a file.", nameof(name));
        }
        try
        {
            using Stream stream = _files.Create(System.IO.Path.Combine(_partial, name));
            using var hashing = new HashingStream(stream);
            content(hashing);
            _files.Flush(stream);
            _hashes[name] = hashing.Hash();
        }
        catch (IOException fault)
        {
            throw new IOException($"Writing {name} of {Path} failed: {fault.Message}", fault);
        }
    }

    /// <summary>Gives the directory its name. What had the name before is moved aside first and comes back when the rename fails.</summary>
    /// <exception cref="IOException">The rename failed; what had the name before is unchanged.</exception>
    public void Commit()
    {
        _files.FlushDirectory(_partial);
        string replaced = TemporaryNames.ReplacedOf(Path);
        bool replaces = Directory.Exists(Path);
        if (replaces)
        {
            _files.MoveDirectory(Path, replaced);
        }
        try
        {
            _files.MoveDirectory(_partial, Path);
        }
        catch when (replaces)
        {
            _files.MoveDirectory(replaced, Path);
            throw;
        }
        _settled = true;
        _files.FlushDirectory(TemporaryNames.ParentOf(Path));
        if (replaces)
        {
            AtomicFile.Discard(() => _files.DeleteDirectory(replaced));
        }
    }

    /// <summary>Removes the temporary sibling unless it was committed.</summary>
    public void Dispose()
    {
        if (!_settled)
        {
            _settled = true;
            AtomicFile.Discard(() => _files.DeleteDirectory(_partial));
        }
    }
}
