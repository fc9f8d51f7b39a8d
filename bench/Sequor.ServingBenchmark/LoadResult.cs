namespace Sequor.ServingBenchmark;

/// <summary>What clients saw.</summary>
/// <param name="RequestsPerSecond">Answers a second.</param>
/// <param name="MedianMilliseconds">Half of the answers came within.</param>
/// <param name="Percentile95Milliseconds">95 % of the answers came within.</param>
/// <param name="Percentile99Milliseconds">99 % of the answers came within.</param>
/// <param name="Answers">How many answers were counted.</param>
internal sealed record LoadResult(
    double RequestsPerSecond, double MedianMilliseconds, double Percentile95Milliseconds, double Percentile99Milliseconds, int Answers)
{
    /// <summary>Sums up latencies.</summary>
    internal static LoadResult Of(double[] milliseconds, TimeSpan duration)
    {
        Array.Sort(milliseconds);
        double At(double share) => milliseconds.Length == 0 ? double.NaN : milliseconds[Math.Min(milliseconds.Length - 1, (int)(share * milliseconds.Length))];
        return new LoadResult(milliseconds.Length / duration.TotalSeconds, At(0.5), At(0.95), At(0.99), milliseconds.Length);
    }
}
