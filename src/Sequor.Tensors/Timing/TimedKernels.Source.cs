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

    public void SourceFocus(in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> result)
    {
        long start = KernelClock.Now;
        _kernels.SourceFocus(plan, weights, centres, deviation, result);
        _clock.Add(start, weights.Length + centres.Length + result.Length);
    }

    public void SourceFocusBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> dResult,
        Storage<float> dWeights, Storage<float> dCentres)
    {
        long start = KernelClock.Now;
        _kernels.SourceFocusBackward(plan, weights, centres, deviation, dResult, dWeights, dCentres);
        _clock.Add(start, weights.Length + centres.Length + dResult.Length + (2 * (dWeights.Length + dCentres.Length)));
    }

    public void LocationFeatures(in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> features)
    {
        long start = KernelClock.Now;
        _kernels.LocationFeatures(plan, weights, filters, width, features);
        _clock.Add(start, weights.Length + filters.Length + features.Length, 2 * plan.Positions * plan.Heads * filters.Length);
    }

    public void LocationFeaturesBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> dFeatures,
        Storage<float> dWeights, Storage<float> dFilters)
    {
        long start = KernelClock.Now;
        _kernels.LocationFeaturesBackward(plan, weights, filters, width, dFeatures, dWeights, dFilters);
        _clock.Add(
            start, weights.Length + filters.Length + dFeatures.Length + (2 * (dWeights.Length + dFilters.Length)),
            4 * plan.Positions * plan.Heads * filters.Length);
    }

    public void SourceMinima(in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> sums)
    {
        long start = KernelClock.Now;
        _kernels.SourceMinima(plan, a, b, sums);
        _clock.Add(start, a.Length + b.Length + sums.Length);
    }

    public void SourceMinimaBackward(
        in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> dSums, Storage<float> da, Storage<float> db)
    {
        long start = KernelClock.Now;
        _kernels.SourceMinimaBackward(plan, a, b, dSums, da, db);
        _clock.Add(start, a.Length + b.Length + dSums.Length + (2 * (da.Length + db.Length)));
    }

    public void AlignmentLoss(
        Storage<float> weights, int stride, Storage<int> starts, Storage<int> positions, Storage<float> targets, Storage<float> losses)
    {
        long start = KernelClock.Now;
        _kernels.AlignmentLoss(weights, stride, starts, positions, targets, losses);
        _clock.Add(start, starts.Length + (3 * positions.Length) + losses.Length);
    }

    public void AlignmentLossBackward(
        Storage<float> weights, int stride, Storage<int> starts, Storage<int> positions, Storage<float> targets, Storage<float> dLosses,
        Storage<float> dWeights)
    {
        long start = KernelClock.Now;
        _kernels.AlignmentLossBackward(weights, stride, starts, positions, targets, dLosses, dWeights);
        _clock.Add(start, starts.Length + (5 * positions.Length) + dLosses.Length);
    }

    public void SentenceMeans(Storage<float> x, Storage<int> starts, Storage<int> lengths, int width, Storage<float> means)
    {
        long start = KernelClock.Now;
        _kernels.SentenceMeans(x, starts, lengths, width, means);
        _clock.Add(start, x.Length + means.Length);
    }

    public void SentenceMeansBackward(Storage<float> dMeans, Storage<int> starts, Storage<int> lengths, int width, Storage<float> dx, bool accumulate)
    {
        long start = KernelClock.Now;
        _kernels.SentenceMeansBackward(dMeans, starts, lengths, width, dx, accumulate);
        _clock.Add(start, dMeans.Length + Written(dx, accumulate));
    }

    private static long Count(in AdditiveTerms terms) =>
        terms.Queries.Length + terms.Keys.Length + terms.ScoreWeights.Length + terms.Features.Length + terms.FeatureWeights.Length;
}
