using System.Globalization;
using System.Text;
using Sequor.Decoding.Benchmarks;

namespace Sequor.Cli.Verbs;

/// <summary>The speed of a decoding as tables for people.</summary>
/// <param name="speed">The speed.</param>
internal sealed class DecodingSpeedText(DecodingSpeed speed)
{
    private const int LabelColumns = 19;
    private const double Giga = 1e9;
    private const double Mebibyte = 1 << 20;

    private readonly DecodingBenchmarkResult _decoding = speed.Decoding;
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public override string ToString()
    {
        _text.Clear();
        Work();
        Speed();
        Machine();
        return _text.Append(KernelTables.Text(_decoding.Kernels, _decoding.TimedWork.Steps, "a step, timed")).ToString();
    }

    private void Work()
    {
        string sessions = _decoding.Workers > 1 ? $"workers: {_decoding.Workers} of one thread" : $"threads: {_decoding.Threads}";
        Line("decoding", $"{speed.Name}, {_decoding.Parameters:N0} parameters as {speed.ComputeType} by {_decoding.ProductInstructions}, {_decoding.InstructionSet}, {sessions}");
        Line("loaded", $"in {1000 * speed.LoadingSeconds:N0} ms, {_decoding.WeightBytes / Mebibyte:N1} MiB of weights");
        Line("measured", $"{_decoding.Rounds.Count:N0} rounds of {_decoding.Sentences:N0} sentences and {_decoding.TargetTokens:N0} target tokens, {speed.Options.BatchSentences:N0} sentences at once, a beam of {speed.Beam:N0}{(speed.Options.Shortlist is null ? "" : ", with a shortlist")}");
    }

    private void Speed()
    {
        Percentiles tokens = _decoding.TargetTokensPerSecond;
        Percentiles seconds = _decoding.SecondsPerSentence;
        Line("target tokens/s", $"{tokens.Median:N0} (slowest round {tokens.At(0):N0}, fastest {tokens.At(1):N0})");
        Line("sentences/s", $"{_decoding.SentencesPerSecond.Median:N1}");
        Line("ms a sentence", $"{1000 * seconds.Median:N2} (95 % within {1000 * seconds.At(0.95):N2}, 99 % within {1000 * seconds.At(0.99):N2})");
        Line("steps", $"{_decoding.Work.Steps:N0} of {_decoding.Work.RowsPerStep:N1} hypotheses on average; {100 * _decoding.EncodingShare.Median:N1} % of the time goes into reading the sentences");
        Line("memory", $"{_decoding.PeakResident / Mebibyte:N0} MiB resident at most while decoding");
        Line("managed heap", $"{_decoding.ManagedBytesPerStep.Median:N0} bytes a step, those of the outputs included");
    }

    private void Machine()
    {
        if (speed.Peak.OneThread > 0)
            Line("machine", $"{speed.Peak.OneThread / Giga:F1} GFLOP/s in products on one thread, {speed.Peak.AllThreads / Giga:F1} on all; reads {speed.Reading.OneThread / Giga:F1} GB/s on one thread, {speed.Reading.AllThreads / Giga:F1} on all");
    }

    private void Line(string label, FormattableString value) => _text.Append(label.PadRight(LabelColumns)).Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
