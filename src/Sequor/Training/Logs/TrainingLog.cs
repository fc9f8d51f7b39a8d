using System.Globalization;
using System.Text.Json;

namespace Sequor.Training.Logs;

/// <summary>The logs of a training as they lie in its model directory, read back.</summary>
/// <param name="Updates">The updates in the order in which they were made.</param>
/// <param name="Validations">The validations in the order in which they were made.</param>
public sealed record TrainingLog(IReadOnlyList<TrainingLogEntry> Updates, IReadOnlyList<ValidationEntry> Validations)
{
    /// <summary>The name of the file with one line per logged update.</summary>
    public const string UpdatesFileName = "training-log.jsonl";

    /// <summary>The name of the file with one line per validation.</summary>
    public const string ValidationsFileName = "validation-log.jsonl";

    /// <summary>Reads the logs of a directory; a missing file is an empty log, and a last line cut off in the middle is left out.</summary>
    /// <param name="directory">The model directory.</param>
    /// <returns>The logs.</returns>
    /// <exception cref="InvalidDataException">A line before the last one is not an entry of the log; the message names file and line.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TrainingLog Read(string directory) => new(
        ReadFile(Path.Combine(directory, UpdatesFileName), LogJson.ReadTraining),
        ReadFile(Path.Combine(directory, ValidationsFileName), LogJson.ReadValidation));

    /// <summary>Drops what was logged after a checkpoint, and a last line cut off in the middle, from the logs of a directory.</summary>
    /// <param name="directory">The model directory; a missing file stays missing.</param>
    /// <param name="update">The number of updates the checkpoint holds, 0 or more; entries up to and including it stay.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of updates is negative.</exception>
    /// <exception cref="InvalidDataException">A line before the last one is not an entry of the log; the message names file and line.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void CutBackTo(string directory, long update)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(update);
        CutFile(Path.Combine(directory, UpdatesFileName), update);
        CutFile(Path.Combine(directory, ValidationsFileName), update);
    }

    private static List<T> ReadFile<T>(string path, Func<JsonElement, T> read)
    {
        List<T> entries = [];
        if (!File.Exists(path))
        {
            return entries;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        foreach (LogLine line in LogLine.ReadAll(file))
        {
            if (TryParse(path, line, read, out T? entry))
            {
                entries.Add(entry!);
            }
        }

        return entries;
    }

    private static void CutFile(string path, long update)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        (long keptBytes, bool endsInLineFeed) = (0, true);
        foreach (LogLine line in LogLine.ReadAll(file))
        {
            if (!TryParse(path, line, LogJson.ReadUpdate, out long lineUpdate) || lineUpdate > update)
            {
                break;
            }

            endsInLineFeed = line.IsTerminated;
            keptBytes = line.Start + line.Text.Length + (line.IsTerminated ? 1 : 0);
        }

        file.SetLength(keptBytes);
        if (!endsInLineFeed)
        {
            file.Seek(0, SeekOrigin.End);
            file.WriteByte((byte)'\n');
        }

        file.Flush(flushToDisk: true);
    }

    // False for the torn rest of a last line: a process was killed, or a disk was full, while it was written.
    private static bool TryParse<T>(string path, LogLine line, Func<JsonElement, T> read, out T? entry)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line.Text);
            entry = read(document.RootElement);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            entry = default;
            return line.IsTerminated ? throw NotAnEntry(path, line, fault) : false;
        }
    }

    private static InvalidDataException NotAnEntry(string path, LogLine line, Exception fault) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Reading the training log: {path}, line {line.Number} is not an entry as this program writes it ({fault.Message.TrimEnd('.')}). Remove the line, or move the file away to begin a new log."),
        fault);
}
