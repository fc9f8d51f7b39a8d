using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

internal sealed partial class TimedKernels
{
    public void SourceDots(
        in SourcePlan plan, Storage<float> rows, Storage<float> keys, int width, float scale, Storage<float> scores, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.SourceDots(plan, rows, keys, width, scale, scores, accumulate);
        _clock.Add(start, rows.Length + keys.Length + Written(scores, accumulate), 2 * plan.Positions * width);
    }

    public void SourceSums(
        in SourcePlan plan, Storage<float> weights, Storage<float> values, int width, float scale, Storage<float> output, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.SourceSums(plan, weights, values, width, scale, output, accumulate);
        _clock.Add(start, weights.Length + values.Length + Written(output, accumulate), 2 * plan.Positions * width);
    }

    public void SourceSpread(
        in SourcePlan plan, Storage<float> weights, Storage<float> rows, int width, float scale, Storage<float> target)
    {
        long start = KernelClock.Now;
        _kernels.SourceSpread(plan, weights, rows, width, scale, target);
        _clock.Add(start, weights.Length + rows.Length + (2 * target.Length), 2 * plan.Positions * width);
    }

    public void AdditiveScores(in SourcePlan plan, in AdditiveTerms terms, Storage<float> scores)
    {
        long start = KernelClock.Now;
        _kernels.AdditiveScores(plan, terms, scores);
        _clock.Add(start, Count(terms) + scores.Length);
    }

    public void AdditiveScoresBackward(in SourcePlan plan, in AdditiveTerms terms, Storage<float> dScores, in AdditiveTerms gradients)
    {
        long start = KernelClock.Now;
        _kernels.AdditiveScoresBackward(plan, terms, dScores, gradients);
        _clock.Add(start, Count(terms) + dScores.Length + (2 * Count(gradients)));
    }

    public void SourceSoftmax(in SourcePlan plan, Storage<float> scores, Storage<float> centres, float reach, Storage<float> weights)
    {
        long start = KernelClock.Now;
        _kernels.SourceSoftmax(plan, scores, centres, reach, weights);
        _clock.Add(start, scores.Length + centres.Length + weights.Length);
    }

    public void SourceSoftmaxBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> dWeights, Storage<float> dScores, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.SourceSoftmaxBackward(plan, weights, dWeights, dScores, accumulate);
        _clock.Add(start, weights.Length + dWeights.Length + Written(dScores, accumulate));
    }

    private static long Count(in AdditiveTerms terms) =>
        terms.Queries.Length + terms.Keys.Length + terms.Vector.Length + terms.Features.Length + terms.FeatureWeights.Length;
}
