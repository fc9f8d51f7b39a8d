namespace Sequor.Decoding.Benchmarks;

/// <summary>All sentences once.</summary>
/// <param name="Seconds">Wall time until the last worker was done.</param>
/// <param name="Sentences">The sentences, longest source first.</param>
/// <param name="Work">What the workers did for them, all together.</param>
public sealed record DecodingRound(double Seconds, IReadOnlyList<DecodedSentence> Sentences, DecoderWork Work)
{
    /// <summary>Pieces of all outputs, end signs included.</summary>
    public long TargetTokens => Sentences.Sum(sentence => (long)sentence.TargetTokens);

    /// <summary>Pieces per second.</summary>
    public double TargetTokensPerSecond => TargetTokens / Math.Max(Seconds, 1e-9);
}

/// <summary>What a decoder did.</summary>
/// <param name="Steps">Steps, each of which adds a piece to every hypothesis that is being written.</param>
/// <param name="Rows">Hypotheses of all steps together.</param>
/// <param name="EncodingSeconds">Wall time in which sentences were read, of all workers together.</param>
/// <param name="ManagedBytes">Bytes that steps and search allocated on the managed heap, those of the outputs included; reading sentences is not counted.</param>
public readonly record struct DecoderWork(long Steps, long Rows, double EncodingSeconds, long ManagedBytes)
{
    /// <summary>Hypotheses of a step, on average.</summary>
    public double RowsPerStep => (double)Rows / Math.Max(Steps, 1);

    /// <summary>Bytes allocated on the managed heap in a step, on average.</summary>
    public double ManagedBytesPerStep => (double)ManagedBytes / Math.Max(Steps, 1);

    /// <summary>The work of two workers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static DecoderWork operator +(DecoderWork left, DecoderWork right) => new(
        left.Steps + right.Steps, left.Rows + right.Rows, left.EncodingSeconds + right.EncodingSeconds, left.ManagedBytes + right.ManagedBytes);
}
