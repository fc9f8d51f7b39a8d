using System.Globalization;
using System.Text;
using Sequor.Batching;
using Sequor.Configuration;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

namespace Sequor.Cli.Verbs;

/// <summary>Says before a training what it will learn from, and what it will cost.</summary>
internal static class TrainingForecast
{
    /// <summary>Writes the forecast to standard error.</summary>
    /// <param name="planned">The training.</param>
    /// <param name="estimate">What some of its updates cost on this machine.</param>
    /// <param name="terminal">Where it is told.</param>
    public static void Tell(PlannedTraining planned, RunEstimate estimate, Terminal terminal)
    {
        TrainingConfiguration training = planned.Configuration.Training;
        ModelConfiguration model = planned.Configuration.Model;
        // The pairs as they were before any was held out: the automatic report knows why each was dropped.
        CorpusReport report = planned.Automatic?.Report ?? estimate.Report;
        StringBuilder text = new();
        text.Append(report.ToString());
        if (planned.Automatic is { DevPairs: > 0 } automatic)
            text.Append(CultureInfo.InvariantCulture, $"{automatic.DevPairs:N0} of them held out to validate on; none of their sentences is trained on\n");
        text.Append(CultureInfo.InvariantCulture,
            $"model: {model.InWords()}, dropout {model.Dropout}; vocabulary of up to {planned.Configuration.Vocabulary.Size:N0}\n");
        long? updates = Updates(training, estimate);
        text.Append(CultureInfo.InvariantCulture,
            $"speed here: {estimate.SecondsPerUpdate * 1000:F0} ms an update, {estimate.TargetTokensPerSecond:N0} target tokens/s, {estimate.UpdatesPerEpoch:N0} updates an epoch\n");
        if (updates is { } count)
            text.Append(CultureInfo.InvariantCulture, $"time: {LogText.Duration(count * estimate.SecondsPerUpdate)} at most, for {count:N0} updates\n");
        text.Append(CultureInfo.InvariantCulture,
            $"memory: {estimate.Memory}\n");
        text.Append(CultureInfo.InvariantCulture, $"configuration: {Path.Combine(planned.Directory, "config.yaml")}\n");
        terminal.Errors.Write(text.ToString());
    }

    private static long? Updates(TrainingConfiguration training, RunEstimate estimate)
    {
        long[] limits =
        [
            .. training.MaxUpdates is { } updates ? new[] { updates } : [],
            .. training.MaxEpochs is { } epochs ? new[] { epochs * estimate.UpdatesPerEpoch } : [],
            .. training.MaxMinutes is { } minutes ? new[] { (long)(minutes * 60 / estimate.SecondsPerUpdate) } : [],
        ];
        return limits.Length == 0 ? null : limits.Min();
    }
}
