using System.Globalization;
using System.Text;
using Sequor.Tensors.Timing;
using Sequor.Training.Benchmarks;

namespace Sequor.Cli.Verbs;

/// <summary>The speed of a training as tables for people.</summary>
/// <param name="speed">The speed.</param>
internal sealed class TrainingSpeedText(TrainingSpeed speed)
{
    private const int LabelColumns = 19;
    private const int ShownProducts = 10;
    private const double Giga = 1e9;

    private readonly TrainingBenchmarkResult _training = speed.Training;
    private readonly StringBuilder _text = new();

    /// <summary>What a product is for, in a word or two.</summary>
    /// <param name="role">What it is for.</param>
    public static string NameOf(ProductRole role) => role switch
    {
        ProductRole.Forward => "forward",
        ProductRole.InputGradient => "dX",
        ProductRole.WeightGradient => "dW",
        ProductRole.Logits => "logits",
        ProductRole.LogitsInputGradient => "logits dX",
        ProductRole.LogitsWeightGradient => "logits dW",
        _ => "batched",
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        _text.Clear();
        Summary();
        Memory();
        Kernels();
        Products();
        return _text.ToString();
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

    private void Kernels()
    {
        KernelTimes times = _training.Kernels;
        Row("", "kernel", "calls", "ms", "share %", "GFLOP/s", "GB/s");
        foreach (KernelTime kernel in times.Kernels)
        {
            Row("", kernel.Name, PerUpdate(kernel.Calls), Milliseconds(kernel.Seconds), Share(kernel.Seconds),
                kernel.Operations > 0 ? Number(kernel.Operations / kernel.Seconds / Giga, 1) : "",
                Number(TrainingSpeed.Ratio(kernel.Bytes, kernel.Seconds) / Giga, 1));
        }

        Row("", "outside kernels", "", Milliseconds(times.SecondsOutside), Share(times.SecondsOutside), "", "");
        Row("", "an update, timed", "", Milliseconds(times.Seconds), Number(100, 1), "", "");
    }

    private void Products()
    {
        IReadOnlyList<ProductTime> products = _training.Kernels.Products;
        Row("M × N × K", "product", "calls", "ms", "share %", "GFLOP/s", "");
        foreach (ProductTime product in products.Take(ShownProducts))
        {
            Row(Invariant($"{product.M:N0} × {product.N:N0} × {product.K:N0}"), NameOf(product.Role), PerUpdate(product.Calls),
                Milliseconds(product.Seconds), Share(product.Seconds), Number(TrainingSpeed.Ratio(product.Operations, product.Seconds) / Giga, 1), "");
        }

        if (products.Count > ShownProducts)
        {
            double rest = products.Skip(ShownProducts).Sum(product => product.Seconds);
            Row("", Invariant($"{products.Count - ShownProducts} others"), "", Milliseconds(rest), Share(rest), "", "");
        }
    }

    private void Line(string label, FormattableString value) => _text.Append(label.PadRight(LabelColumns)).Append(Invariant(value)).Append('\n');

    /// <summary>A row of a table; its first row, the header, comes after an empty line.</summary>
    private void Row(string size, string name, string calls, string milliseconds, string share, string operations, string bytes)
    {
        if (calls == "calls")
            _text.Append('\n');
        string row = Invariant($"{name,-20}{size,26}{calls,10}{milliseconds,12}{share,10}{operations,10}{bytes,8}");
        _text.Append(row.TrimEnd()).Append('\n');
    }

    private string PerUpdate(long calls) => Number((double)calls / _training.Updates.Count, 1);

    private string Milliseconds(double seconds) => Number(1000 * seconds / _training.Updates.Count, 3);

    private string Share(double seconds) => Number(100 * TrainingSpeed.Ratio(seconds, _training.Kernels.Seconds), 1);

    private static string Number(double value, int decimals) => value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
