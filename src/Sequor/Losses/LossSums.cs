namespace Sequor.Losses;

/// <summary>What a loss came to over some batches, as sums: batches of any size add up to the same numbers.</summary>
/// <param name="Loss">The trained loss in nats, smoothing and what else a model pays (coverage, guided attention) included, summed over target tokens.</param>
/// <param name="NegativeLogLikelihood">-log p(target) in nats, summed over target tokens.</param>
/// <param name="Correct">Target tokens that were the most probable ones.</param>
/// <param name="Tokens">Target tokens, end signs included.</param>
public readonly record struct LossSums(double Loss, double NegativeLogLikelihood, double Correct, long Tokens)
{
    /// <summary>Loss per target token in nats; 0 for none.</summary>
    public double LossPerToken => Tokens == 0 ? 0 : Loss / Tokens;

    /// <summary>-log p per target token in nats; 0 for none.</summary>
    public double NegativeLogLikelihoodPerToken => Tokens == 0 ? 0 : NegativeLogLikelihood / Tokens;

    /// <summary>exp of the negative log-likelihood per token.</summary>
    public double Perplexity => Math.Exp(NegativeLogLikelihoodPerToken);

    /// <summary>The share of target tokens that were the most probable ones, 0 to 1.</summary>
    public double Accuracy => Tokens == 0 ? 0 : Correct / Tokens;

    /// <summary>Both together.</summary>
    public static LossSums operator +(LossSums left, LossSums right) => new(
        left.Loss + right.Loss, left.NegativeLogLikelihood + right.NegativeLogLikelihood, left.Correct + right.Correct, left.Tokens + right.Tokens);

    /// <summary>Both together.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static LossSums Add(LossSums left, LossSums right) => left + right;
}
