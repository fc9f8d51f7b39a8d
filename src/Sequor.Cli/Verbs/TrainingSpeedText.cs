using System.Globalization;
using System.Text;
using Sequor.Training.Benchmarks;

namespace Sequor.Cli.Verbs;

/// <summary>The speed of a training as tables for people.</summary>
/// <param name="speed">The speed.</param>
internal sealed class TrainingSpeedText(TrainingSpeed speed)
{
    private const int LabelColumns = 19;
    private const double Giga = 1e9;

    private readonly TrainingBenchmarkResult _training = speed.Training;
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public override string ToString()
    {
        _text.Clear();
        Summary();
        Memory();
        return _text.Append(KernelTables.Text(_training.Kernels, _training.Updates.Count, "an update, timed")).ToString();
    }

    private void Summary()
    {
        (Quartiles tokens, Quartiles seconds) = (_training.TargetTokensPerSecond, _training.SecondsPerUpdate);
        Line("training", $"{_training.Name}, {_training.Parameters:N0} parameters, {_training.InstructionSet}, threads: {_training.Threads}");
        Line("measured", $"{_training.Updates.Count:N0} updates of {(double)_training.TargetTokens / _training.Updates.Count:N0} target tokens on average");
        Line("target tokens/s", $"{tokens.Median:N0} (quartiles {tokens.Lower:N0} and {tokens.Upper:N0}; all updates together {_training.TargetTokens / _training.Seconds:N0})");
        Line("seconds an update", $"{seconds.Median:F4} (quartiles {seconds.Lower:F4} and {seconds.Upper:F4})");
        Line("products", $"{speed.OperationsPerUpdate / Giga:F2} GFLOP an update: {speed.OperationsPerSecond / Giga:F1} GFLOP/s over all time, {speed.OperationsPerSecondInProducts / Giga:F1} within them");
        if (speed.Peak > 0)
        {
            Line("machine's peak", $"GFLOP/s before and after: {speed.Before.OneThread / Giga:F1} and {speed.After.OneThread / Giga:F1} on one thread, {speed.Before.AllThreads / Giga:F1} and {speed.After.AllThreads / Giga:F1} on all");
            Line("share of the peak", $"{100 * speed.OperationsPerSecond / speed.Peak:F1} % over all time, {100 * speed.OperationsPerSecondInProducts / speed.Peak:F1} % within products");
        }
    }

    private void Memory()
    {
        Line("memory", $"{_training.Memory}");
        Line("managed heap", $"{_training.ManagedBytesPerUpdate.Median:N0} bytes an update on the training thread, {(double)_training.ManagedBytesOfAllThreads / _training.Updates.Count:N0} on all; {_training.OldestCollections:N0} collections of generation 2");
    }

    private void Line(string label, FormattableString value) => _text.Append(label.PadRight(LabelColumns)).Append(Invariant(value)).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
