namespace Sequor.Checkpoints;

/// <summary>Writes files so that a reader sees the old content or the new, never a part, whenever the writer is killed.</summary>
public static class AtomicFile
{
    /// <summary>Writes a temporary sibling, waits until it lies on the disk, and renames it.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="content">Writes the content.</param>
    /// <exception cref="IOException">It could not be written; what had the name before is unchanged.</exception>
    public static void Write(string path, Action<Stream> content) => Write(path, content, Disk.Instance);

    /// <summary>Replaces a file by one line of text.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="line">The line, without its end.</param>
    /// <exception cref="IOException">It could not be written; what had the name before is unchanged.</exception>
    public static void WriteLine(string path, string line) => WriteLine(path, line, Disk.Instance);

    internal static void WriteLine(string path, string line, IFileSystem files) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n")), files);

    internal static void Write(string path, Action<Stream> content, IFileSystem files)
    {
        string partial = TemporaryNames.PartialOf(path);
        try
        {
            using (Stream stream = files.Create(partial))
            {
                content(stream);
                files.Flush(stream);
            }
            files.MoveFile(partial, path);
        }
        catch (Exception fault)
        {
            Discard(() => files.DeleteFile(partial));
            if (fault is IOException)
            {
                throw new IOException($"Writing {path} failed: {fault.Message} What was there before is unchanged.", fault);
            }
            throw;
        }
        files.FlushDirectory(TemporaryNames.ParentOf(path));
    }

    /// <summary>Clears up after a failure. When that fails too, the first failure is the one to report; the next start clears up.</summary>
    internal static void Discard(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
