using System.Globalization;
using Google.Protobuf;
using Sequor.Training.Logs.TensorBoard;

namespace Sequor.Training.Logs;

/// <summary>
/// Writes the course of a training as event files that TensorBoard draws (<c>tensorboard --logdir DIRECTORY</c>). Every run, a resumed one too, starts a
/// file of its own; its first records tell readers to drop what earlier files hold beyond the checkpoint. Losses are in nats per real target token.
/// Tags: <c>train/loss</c>, <c>train/nll</c>, <c>train/perplexity</c>, <c>train/lr</c>, <c>train/grad_norm</c>, <c>train/target_tokens_per_s</c>,
/// <c>train/epoch</c>, <c>grad_norm/PART</c>, and <c>validation/loss</c>, <c>nll</c>, <c>perplexity</c>, <c>accuracy</c>, <c>bleu</c>, <c>chrf</c>.
/// </summary>
public sealed class TensorBoardWriter : ITrainingListener, IDisposable
{
    private const string Format = "brain.Event:2";

    private readonly RecordFile _file;
    private readonly TimeProvider _time;

    private TensorBoardWriter(string path, TimeProvider time) => (Path, _file, _time) = (path, new RecordFile(path), time);

    /// <summary>The event file of this run.</summary>
    public string Path { get; }

    /// <summary>Starts an event file.</summary>
    /// <param name="directory">Where; the directory is made where it is missing.</param>
    /// <param name="update">The updates that the run's checkpoint holds; 0 for a fresh run.</param>
    /// <param name="time">The clock. Default the system's.</param>
    /// <param name="host">The end of the file's name, as a rule the machine's name; null takes that. Default null.</param>
    /// <returns>The writer; dispose it when the training ends.</returns>
    /// <exception cref="IOException">The directory or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or the file may not be written.</exception>
    public static TensorBoardWriter Start(string directory, long update, TimeProvider? time = null, string? host = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(update);
        time ??= TimeProvider.System;
        Directory.CreateDirectory(directory);
        var writer = new TensorBoardWriter(FreePath(directory, time, host ?? Environment.MachineName), time);
        writer.Write(new Event { FileVersion = Format });

        // Readers drop what they have read so far from this step on: that of the next update.
        writer.Write(new Event { Step = update + 1, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } });
        return writer;
    }

    /// <inheritdoc/>
    public void Started(TrainingStart start)
    {
    }

    /// <inheritdoc/>
    public void Updated(TrainingLogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var summary = new Summary();
        Add(summary, "train/loss", entry.Loss);
        Add(summary, "train/nll", entry.Nll);
        Add(summary, "train/perplexity", entry.Perplexity);
        Add(summary, "train/lr", entry.LearningRate);
        Add(summary, "train/grad_norm", entry.GradientNorm);
        Add(summary, "train/target_tokens_per_s", entry.TargetTokensPerSecond);
        Add(summary, "train/epoch", entry.Epoch);
        foreach (NamedNorm part in entry.GradientNormByLayer)
        {
            Add(summary, $"grad_norm/{part.Name}", part.Norm);
        }

        Write(new Event { Step = entry.Update, Summary = summary });
    }

    /// <inheritdoc/>
    public void Validated(ValidationEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var summary = new Summary();
        Add(summary, "validation/loss", entry.Loss);
        Add(summary, "validation/nll", entry.Nll);
        Add(summary, "validation/perplexity", entry.Perplexity);
        Add(summary, "validation/accuracy", entry.Accuracy);
        if (entry.Bleu is { } bleu)
        {
            Add(summary, "validation/bleu", bleu);
        }

        if (entry.Chrf is { } chrf)
        {
            Add(summary, "validation/chrf", chrf);
        }

        Write(new Event { Step = entry.Update, Summary = summary });
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

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>A name that no file has. Readers take files in the order of their names, so the number of seconds grows until it is free.</summary>
    private static string FreePath(string directory, TimeProvider time, string host)
    {
        long seconds = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (string file in Directory.EnumerateFiles(directory, "events.out.tfevents.*"))
        {
            string[] parts = System.IO.Path.GetFileName(file).Split('.');
            if (parts.Length > 3 && long.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out long taken))
            {
                seconds = Math.Max(seconds, taken + 1);
            }
        }

        return System.IO.Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{host}"));
    }

    // A value that is not a number stays away: readers draw gaps for steps that they do not have.
    private static void Add(Summary summary, string tag, double value)
    {
        if (double.IsFinite(value))
        {
            summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });
        }
    }

    private void Write(Event record)
    {
        record.WallTime = _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        _file.Write(record.CalculateSize(), bytes => record.WriteTo(bytes.Span));
    }
}
