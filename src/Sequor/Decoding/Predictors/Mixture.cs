using Sequor.Tensors;

namespace Sequor.Decoding.Predictors;

/// <summary>How the predictions of several models become one. Every row by itself, so that its bits are the same in any batch.</summary>
/// <param name="ensemble">The models' weights and the mode.</param>
internal sealed class Mixture(Ensemble ensemble)
{
    // Below it a single-precision probability has lost digits, or everything.
    private const float LeastExact = 1e-30f;

    private readonly float[] _shares = ensemble.Shares();
    private readonly bool _isLinear = ensemble.Mode == EnsembleMode.Linear;

    /// <summary>Whether <see cref="Mix"/> gives probabilities, whose logarithms <see cref="Log"/> gives where they are wanted; else log-probabilities.</summary>
    internal bool GivesProbabilities => _isLinear;

    /// <summary>Mixes rows.</summary>
    /// <param name="logProbabilities">Those of each model, [R, V], of an open step; discarded.</param>
    /// <returns>[R, V]</returns>
    internal Tensor Mix(ReadOnlySpan<Tensor> logProbabilities)
    {
        Tensor sum = default;
        for (int i = 0; i < logProbabilities.Length; i++)
        {
            Tensor part = Weighed(logProbabilities[i], _shares[i]);
            if (sum.IsNone)
            {
                sum = part;
                continue;
            }

            Tensor next = sum.Add(part);
            sum.Discard();
            part.Discard();
            sum = next;
        }

        if (_isLinear)
        {
            return sum;
        }

        Tensor normalized = sum.LogSoftmax();
        sum.Discard();
        return normalized;
    }

    /// <summary>The logarithm of a mixed probability.</summary>
    /// <param name="probability">What <see cref="Mix"/> gave.</param>
    /// <param name="parts">The log-probability that each model gave, [models].</param>
    internal float Log(float probability, ReadOnlySpan<float> parts)
    {
        if (!(probability < LeastExact))
        {
            return MathF.Log(probability);
        }

        double greatest = double.NegativeInfinity;
        foreach (float part in parts)
        {
            greatest = Math.Max(greatest, part);
        }

        if (double.IsNegativeInfinity(greatest))
        {
            return float.NegativeInfinity;
        }

        double sum = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            sum += _shares[i] * Math.Exp(parts[i] - greatest);
        }

        return (float)(greatest + Math.Log(sum));
    }

    private Tensor Weighed(Tensor logProbabilities, float share)
    {
        Tensor values = _isLinear ? logProbabilities.Softmax() : logProbabilities;
        Tensor weighed = values.Scale(share);
        values.Discard();
        logProbabilities.Discard(unless: values);
        return weighed;
    }
}
