using System.Globalization;

namespace Sequor.Checkpoints;

/// <summary>
/// The checkpoints of one run: directories <c>update-000123</c>, and one-line files <c>last</c> and <c>best</c> that name two of them.
/// Each appears whole or not at all, and the previous ones are never touched by a save that fails.
/// </summary>
public sealed class CheckpointStore
{
    private const string Prefix = "update-";

    private readonly IFileSystem _files;
    private readonly long _every;

    /// <summary>Opens the store, making its directory when there is none and clearing up after runs that were killed.</summary>
    /// <param name="directory">The store's directory, as a rule <c>checkpoints</c> in the run's.</param>
    /// <param name="keep">How many checkpoints are kept besides the best, at least 1.</param>
    /// <param name="every">The rhythm of checkpoints in updates, at least 1. One beside the rhythm, such as a stopped run leaves, is a place to
    /// go on from: it takes no other's place, and the next save removes it unless it is the best. So a run that was stopped keeps the
    /// same checkpoints in the end as one that was not. Default 1.</param>
    /// <exception cref="IOException">The directory could not be made or read.</exception>
    public CheckpointStore(string directory, int keep, long every = 1)
        : this(directory, keep, Disk.Instance, every)
    {
    }

    internal CheckpointStore(string directory, int keep, IFileSystem files, long every = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        (Directory, Keep, _files, _every) = (Path.GetFullPath(directory), keep, files, every);
        files.CreateDirectory(Directory);
        Leftovers = TemporaryNames.ClearLeftovers(Directory, files);
    }

    /// <summary>The store's directory, in full.</summary>
    public string Directory { get; }

    /// <summary>How many checkpoints are kept besides the best.</summary>
    public int Keep { get; }

    /// <summary>One sentence for each thing that a killed run had left and that was cleared up on opening.</summary>
    public IReadOnlyList<string> Leftovers { get; }

    /// <summary>The directories of all checkpoints, oldest first; whether they are whole is not known before they are opened.</summary>
    public IReadOnlyList<string> Paths => [.. System.IO.Directory.EnumerateDirectories(Directory, Prefix + "*")
        .Select(path => (Path: path, Update: UpdateOf(Path.GetFileName(path)))).Where(found => found.Update >= 0)
        .OrderBy(found => found.Update).Select(found => found.Path)];

    /// <summary>The directory that <c>best</c> names, or null.</summary>
    public string? BestPath => Pointer("best");

    /// <summary>Saves a checkpoint, points <c>last</c> at it, and removes the oldest beyond <see cref="Keep"/>.</summary>
    /// <param name="contents">What to save.</param>
    /// <param name="best">Whether <c>best</c> points at it too.</param>
    /// <returns>The checkpoint's directory.</returns>
    /// <exception cref="IOException">It could not be written; the message says what, and that the previous checkpoint is intact.</exception>
    public string Save(CheckpointContents contents, bool best = false)
    {
        string name = NameOf(contents.State.Update);
        string path = Path.Combine(Directory, name);
        try
        {
            WriteDirectory(path, contents);
            AtomicFile.WriteLine(Path.Combine(Directory, "last"), name, _files);
            if (best)
            {
                AtomicFile.WriteLine(Path.Combine(Directory, "best"), name, _files);
            }
        }
        catch (IOException fault)
        {
            string previous = Paths.LastOrDefault(other => other != path) is { } intact
                ? $"The previous checkpoint {intact} is intact."
                : "There is no earlier checkpoint.";
            throw new IOException($"Saving checkpoint {name} failed. {fault.Message} {previous}", fault);
        }
        RemoveOldest();
        return path;
    }

    /// <summary>Opens the checkpoint that <c>last</c> names; when it is damaged or gone, the newest that is whole.</summary>
    /// <param name="warnings">Gets a sentence for each checkpoint that was passed over.</param>
    /// <returns>The checkpoint, or null when there is none.</returns>
    /// <exception cref="ModelFormatException">There are checkpoints, and none is whole.</exception>
    public Checkpoint? Latest(ICollection<string> warnings)
    {
        string[] all = [.. Paths.Reverse()];
        string? last = Pointer("last");
        string[] candidates = last is null ? all : [last, .. all.Where(path => path != last)];
        List<string> faults = [];
        foreach (string path in candidates)
        {
            try
            {
                Checkpoint opened = Checkpoint.Open(path);
                faults.ForEach(fault => warnings.Add($"{fault} Going on from {path}."));
                return opened;
            }
            catch (ModelFormatException fault)
            {
                faults.Add(fault.Message);
            }
        }
        return faults.Count == 0 ? null : throw new ModelFormatException(
            $"No checkpoint in {Directory} is whole. {string.Join(" ", faults)}");
    }

    private static string NameOf(long update) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{update:D6}");

    private static long UpdateOf(string name) =>
        long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long update) ? update : -1;

    private void WriteDirectory(string path, CheckpointContents contents)
    {
        using var directory = new AtomicDirectory(path, _files);
        directory.WriteFile(Checkpoint.WeightsFile, stream => SafetensorsWriter.Write(stream, contents.Weights));
        directory.WriteFile(Checkpoint.OptimizerFile, stream => SafetensorsWriter.Write(stream, contents.Optimizer));
        if (contents.MovingAverage is { } average)
        {
            directory.WriteFile(Checkpoint.MovingAverageFile, stream => SafetensorsWriter.Write(stream, average));
        }
        directory.WriteFile(Checkpoint.StateFile, contents.State.Write);
        directory.WriteFile(Checksums.FileName, stream => Checksums.Write(stream, directory.Hashes));
        directory.Commit();
    }

    /// <summary>Removes every checkpoint but one: those of an earlier run must not be averaged with, or kept in place of, the new one's.</summary>
    internal void RemoveAllBut(string kept)
    {
        if (BestPath is { } best && best != kept)
        {
            AtomicFile.Discard(() => _files.DeleteFile(Path.Combine(Directory, "best")));
        }

        Remove(Paths.Where(path => path != kept));
    }

    private void RemoveOldest()
    {
        string? best = BestPath;
        string? last = Pointer("last");
        string[] others = [.. Paths.Where(path => path != best && path != last)];
        int kept = last is not null && IsInRhythm(last) ? Keep - 1 : Keep;
        string[] inRhythm = [.. others.Where(IsInRhythm)];
        Remove(others.Except(inRhythm).Concat(inRhythm.SkipLast(kept)));
    }

    private void Remove(IEnumerable<string> paths)
    {
        foreach (string path in paths.ToArray())
        {
            // Renamed first: a run killed while deleting leaves no checkpoint that looks damaged. What cannot be removed now is
            // tried again after the next save; a full disk must not end a run whose checkpoint was saved.
            AtomicFile.Discard(() =>
            {
                string partial = TemporaryNames.PartialOf(path);
                _files.MoveDirectory(path, partial);
                _files.DeleteDirectory(partial);
            });
        }
    }

    private bool IsInRhythm(string path) => UpdateOf(Path.GetFileName(path)) % _every == 0;

    private string? Pointer(string name)
    {
        string file = Path.Combine(Directory, name);
        string line = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        return line.StartsWith(Prefix, StringComparison.Ordinal) && UpdateOf(line) >= 0 ? Path.Combine(Directory, line) : null;
    }
}
