using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    public void SourceDots(
        in SourcePlan plan, Storage<float> rows, Storage<float> keys, int width, float scale, Storage<float> scores, bool accumulate) =>
        SourceProducts.Dots(_pool, plan, rows, keys, width, scale, scores, accumulate);

    public void SourceSums(
        in SourcePlan plan, Storage<float> weights, Storage<float> values, int width, float scale, Storage<float> output, bool accumulate) =>
        SourceProducts.Sums(_pool, plan, weights, values, width, scale, output, accumulate);

    public void SourceSpread(
        in SourcePlan plan, Storage<float> weights, Storage<float> rows, int width, float scale, Storage<float> target) =>
        SourceProducts.Spread(_pool, plan, weights, rows, width, scale, target);

    public void AdditiveScores(in SourcePlan plan, in AdditiveTerms terms, Storage<float> scores) =>
        Simd.AdditiveScores.Forward(_pool, plan, terms, scores);

    public void AdditiveScoresBackward(in SourcePlan plan, in AdditiveTerms terms, Storage<float> dScores, in AdditiveTerms gradients) =>
        Simd.AdditiveScoresBackward.Run(_pool, plan, terms, dScores, gradients);

    public void SourceSoftmax(in SourcePlan plan, Storage<float> scores, Storage<float> centres, float reach, Storage<float> weights) =>
        Simd.SourceSoftmax.Forward(_pool, plan, scores, centres, reach, weights);

    public void SourceSoftmaxBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> dWeights, Storage<float> dScores, bool accumulate) =>
        Simd.SourceSoftmax.Backward(_pool, plan, weights, dWeights, dScores, accumulate);

    public void SourceFocus(in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> result) =>
        Simd.SourceFocus.Forward(_pool, plan, weights, centres, deviation, result);

    public void SourceFocusBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> dResult,
        Storage<float> dWeights, Storage<float> dCentres) =>
        Simd.SourceFocus.Backward(_pool, plan, weights, centres, deviation, dResult, dWeights, dCentres);

    public void LocationFeatures(in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> features) =>
        Simd.LocationFeatures.Forward(_pool, plan, weights, filters, width, features);

    public void LocationFeaturesBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> dFeatures,
        Storage<float> dWeights, Storage<float> dFilters) =>
        Simd.LocationFeatures.Backward(_pool, plan, weights, filters, width, dFeatures, dWeights, dFilters);

    public void SourceMinima(in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> sums) =>
        Simd.SourceMinima.Forward(_pool, plan, a, b, sums);

    public void SourceMinimaBackward(
        in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> dSums, Storage<float> da, Storage<float> db) =>
        Simd.SourceMinima.Backward(_pool, plan, a, b, dSums, da, db);

    // A few points of a row: nothing for vectors or threads to win.
    public void AlignmentLoss(
        Storage<float> weights, int stride, Storage<int> starts, Storage<int> positions, Storage<float> targets, Storage<float> losses) =>
        Plain.AlignmentLoss.Forward(weights.Span, stride, starts.Span, positions.Span, targets.Span, losses.Span);

    public void AlignmentLossBackward(
        Storage<float> weights, int stride, Storage<int> starts, Storage<int> positions, Storage<float> targets, Storage<float> dLosses,
        Storage<float> dWeights) =>
        Plain.AlignmentLoss.Backward(weights.Span, stride, starts.Span, positions.Span, targets.Span, dLosses.Span, dWeights.Span);

    public void SentenceMeans(Storage<float> x, Storage<int> starts, Storage<int> lengths, int width, Storage<float> means) =>
        Simd.SentenceMeans.Forward(_pool, x, starts, lengths, width, means);

    public void SentenceMeansBackward(
        Storage<float> dMeans, Storage<int> starts, Storage<int> lengths, int width, Storage<float> dx, bool accumulate) =>
        Simd.SentenceMeans.Backward(_pool, dMeans, starts, lengths, width, dx, accumulate);
}
