using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Logs;

/// <summary>Writes the course of a training as plain lines, for a log file or a pipe.</summary>
/// <param name="output">Where the lines go; each is flushed. It is not closed.</param>
/// <param name="intervalSeconds">The least training time in seconds between two lines about updates, 0 or more; 0 writes every update. Default 10.</param>
/// <exception cref="ArgumentOutOfRangeException">The interval is negative or not a number.</exception>
public sealed class PlainTextListener(TextWriter output, double intervalSeconds = 10) : ITrainingListener
{
    private readonly double _interval = intervalSeconds >= 0
        ? intervalSeconds
        : throw new ArgumentOutOfRangeException(
            nameof(intervalSeconds), intervalSeconds, "The interval between two lines must be 0 seconds or more.");

    private double _nextSeconds = double.NegativeInfinity;
    private TrainingStart? _start;

    /// <inheritdoc/>
    public void Started(TrainingStart start)
    {
        _start = start;
        _nextSeconds = double.NegativeInfinity;
        string parameters = start.Parameters > 0 ? $" · {Count(start.Parameters)} parameters" : "";
        string pairs = start.TrainingPairs > 0 ? $" · {Count(start.TrainingPairs)} pairs" : "";
        string resumed = start.ResumedUpdate > 0 ? $" · resumed at update {Count(start.ResumedUpdate)}" : "";
        Line($"training {start.Title}{parameters}{pairs}{resumed}");
    }

    /// <inheritdoc/>
    public void Updated(TrainingLogEntry entry)
    {
        if (entry.ElapsedSeconds < _nextSeconds)
        {
            return;
        }

        _nextSeconds = entry.ElapsedSeconds + _interval;
        string left = _start is not null && RemainingTime.Estimate(_start, entry.Update, entry.ElapsedSeconds) is { } seconds
            ? $" · {Duration(seconds)} left"
            : "";
        Line($"update {Count(entry.Update)} · epoch {Count(entry.Epoch)} · loss {Fixed(entry.Loss, 4)}"
            + $" · perplexity {Fixed(entry.Perplexity, 2)} · lr {Significant(entry.LearningRate, 3)}"
            + $" · gradient {Fixed(entry.GradientNorm, 3)} · {Count(entry.TargetTokensPerSecond)} tokens/s"
            + $" · {Duration(entry.ElapsedSeconds)}{left}");
    }

    /// <inheritdoc/>
    public void Validated(ValidationEntry entry)
    {
        string bleu = entry.Bleu is { } score ? $" · BLEU {Fixed(score, 2)}" : "";
        string chrf = entry.Chrf is { } characterScore ? $" · chrF {Fixed(characterScore, 2)}" : "";
        string best = entry.IsBest ? " · best so far" : "";
        Line($"validation at update {Count(entry.Update)} · loss {Fixed(entry.Loss, 4)}"
            + $" · perplexity {Fixed(entry.Perplexity, 2)} · accuracy {Fixed(100 * entry.Accuracy, 1)} %{bleu}{chrf}{best}");
    }

    /// <inheritdoc/>
    public void Saved(string path) => Line($"saved {path}");

    /// <inheritdoc/>
    public void Message(string text) => Line(text);

    /// <inheritdoc/>
    public void Finished(TrainingSummary summary)
    {
        string best = summary.Best is { } validation
            ? $" · best at update {Count(validation.Update)}, perplexity {Fixed(validation.Perplexity, 2)}"
            : "";
        Line($"finished: {TrainingEnds.Describe(summary.EndedBy)} after {Count(summary.Update)} updates,"
            + $" epoch {Count(summary.Epoch)}, {Duration(summary.ElapsedSeconds)}{best}");
        if (summary.Memory is { } memory)
        {
            Line($"memory: {memory}");
        }
    }

    private void Line(string text)
    {
        output.Write(text);
        output.Write('\n');
        output.Flush();
    }
}
