namespace Sequor.Decoding.Benchmarks;

/// <summary>One batch of a benchmark.</summary>
/// <param name="Sentences">Its sentences.</param>
/// <param name="TargetTokens">Pieces of the best outputs, end signs included.</param>
/// <param name="Steps">Pieces of the longest of them: the steps of the decoder, where the best is not shorter than others.</param>
/// <param name="Seconds">Wall time from source pieces to outputs.</param>
/// <param name="ManagedBytes">Bytes that the decoding thread allocated on the managed heap, those of the outputs included.</param>
public readonly record struct DecodedBatch(int Sentences, long TargetTokens, int Steps, double Seconds, long ManagedBytes);

/// <summary>All sentences once.</summary>
/// <param name="Seconds">Wall time until the last worker was done.</param>
/// <param name="Batches">The batches, in no order.</param>
public sealed record DecodingRound(double Seconds, IReadOnlyList<DecodedBatch> Batches)
{
    /// <summary>Pieces of all outputs, end signs included.</summary>
    public long TargetTokens => Batches.Sum(batch => batch.TargetTokens);

    /// <summary>Pieces per second.</summary>
    public double TargetTokensPerSecond => TargetTokens / Math.Max(Seconds, 1e-9);
}
