using System.Buffers;
using System.Text.Json;

namespace Sequor.Training.Logs;

/// <summary>
/// Writes the course of a training into two files of JSON lines: one object per update, and one per validation.
/// Each line reaches the operating system before the call returns, so that a killed process loses at most the line it was writing.
/// </summary>
public sealed class TrainingLogWriter : ITrainingListener, IDisposable
{
    private readonly FileStream _updates;
    private readonly FileStream _validations;
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Utf8JsonWriter _json;

    private TrainingLogWriter(string directory, FileMode mode)
    {
        _updates = Open(Path.Combine(directory, TrainingLog.UpdatesFileName), mode);
        try
        {
            _validations = Open(Path.Combine(directory, TrainingLog.ValidationsFileName), mode);
        }
        catch
        {
            _updates.Dispose();
            throw;
        }

        _json = new Utf8JsonWriter(_line);
    }

    /// <summary>Starts empty logs in a directory; logs that were there are replaced.</summary>
    /// <param name="directory">The model directory; it is made where it is missing.</param>
    /// <returns>The writer; dispose it when the training ends.</returns>
    /// <exception cref="IOException">The directory or a file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or a file may not be written.</exception>
    public static TrainingLogWriter Create(string directory)
    {
        Directory.CreateDirectory(directory);
        return new TrainingLogWriter(directory, FileMode.Create);
    }

    /// <summary>Goes on with the logs of a directory from a checkpoint: what was logged after it is dropped first.</summary>
    /// <param name="directory">The model directory.</param>
    /// <param name="update">The number of updates the checkpoint holds, 0 or more.</param>
    /// <returns>The writer; dispose it when the training ends.</returns>
    /// <exception cref="InvalidDataException">A line before the last one is not an entry of the log.</exception>
    /// <exception cref="IOException">The directory or a file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or a file may not be written.</exception>
    public static TrainingLogWriter Resume(string directory, long update)
    {
        Directory.CreateDirectory(directory);
        TrainingLog.CutBackTo(directory, update);
        return new TrainingLogWriter(directory, FileMode.Append);
    }

    /// <inheritdoc/>
    public void Started(TrainingStart start)
    {
    }

    /// <inheritdoc/>
    public void Updated(TrainingLogEntry entry)
    {
        LogJson.Write(_json, entry);
        EndLine(_updates);
    }

    /// <inheritdoc/>
    public void Validated(ValidationEntry entry)
    {
        LogJson.Write(_json, entry);
        EndLine(_validations);
    }

    /// <inheritdoc/>
    public void Saved(string path)
    {
    }

    /// <inheritdoc/>
    public void Message(string text)
    {
    }

    /// <inheritdoc/>
    public void Finished(TrainingSummary summary)
    {
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        _json.Dispose();
        _updates.Dispose();
        _validations.Dispose();
    }

    // The stream has no buffer of its own: line and line feed go out in one write, so that no reader sees half of them.
    private static FileStream Open(string path, FileMode mode) =>
        new(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private void EndLine(FileStream file)
    {
        _json.Flush();
        _line.Write("\n"u8);
        try
        {
            file.Write(_line.WrittenSpan);
        }
        finally
        {
            _line.ResetWrittenCount();
            _json.Reset();
        }
    }
}
