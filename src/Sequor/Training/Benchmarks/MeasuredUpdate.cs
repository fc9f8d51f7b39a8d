namespace Sequor.Training.Benchmarks;

/// <summary>One update of a benchmark.</summary>
/// <param name="TargetTokens">Real target tokens learnt from, end signs included.</param>
/// <param name="Seconds">Wall time, waiting for batches included.</param>
/// <param name="ManagedBytes">Bytes that the training thread allocated on the managed heap.</param>
public readonly record struct MeasuredUpdate(long TargetTokens, double Seconds, long ManagedBytes)
{
    /// <summary>Real target tokens learnt from per second.</summary>
    public double TargetTokensPerSecond => TargetTokens / Math.Max(Seconds, 1e-9);
}
