namespace Sequor.Alignments;

/// <summary>What a pass over the corpus found.</summary>
/// <param name="IsReverse">Whether source words were predicted from target words.</param>
/// <param name="Iteration">The pass, from 1.</param>
/// <param name="LogLikelihood">The log-probability of all predicted words under the model before this pass, in nats.</param>
/// <param name="Words">How many words were predicted.</param>
/// <param name="Tension">λ after this pass.</param>
public readonly record struct AlignerProgress(bool IsReverse, int Iteration, double LogLikelihood, long Words, double Tension)
{
    /// <summary>exp of minus the mean log-probability of a word.</summary>
    public double Perplexity => Math.Exp(-LogLikelihood / Math.Max(1, Words));
}
