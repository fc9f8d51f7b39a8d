using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public void SourceDots(
        in SourcePlan plan, Storage<float> rows, Storage<float> keys, int width, float scale, Storage<float> scores, bool accumulate) =>
        SourceProducts.Dots(plan, rows.Span, keys.Span, width, scale, scores.Span, accumulate);

    public void SourceSums(
        in SourcePlan plan, Storage<float> weights, Storage<float> values, int width, float scale, Storage<float> output, bool accumulate) =>
        SourceProducts.Sums(plan, weights.Span, values.Span, width, scale, output.Span, accumulate);

    public void SourceSpread(
        in SourcePlan plan, Storage<float> weights, Storage<float> rows, int width, float scale, Storage<float> target) =>
        SourceProducts.Spread(plan, weights.Span, rows.Span, width, scale, target.Span);

    public void AdditiveScores(in SourcePlan plan, in AdditiveTerms terms, Storage<float> scores) =>
        Plain.AdditiveScores.Forward(plan, terms, scores.Span);

    public void AdditiveScoresBackward(in SourcePlan plan, in AdditiveTerms terms, Storage<float> dScores, in AdditiveTerms gradients) =>
        Plain.AdditiveScores.Backward(plan, terms, dScores.Span, gradients);

    public void SourceSoftmax(in SourcePlan plan, Storage<float> scores, Storage<float> centres, float reach, Storage<float> weights) =>
        Plain.SourceSoftmax.Forward(plan, scores.Span, centres.Span, reach, weights.Span);

    public void SourceSoftmaxBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> dWeights, Storage<float> dScores, bool accumulate) =>
        Plain.SourceSoftmax.Backward(plan, weights.Span, dWeights.Span, dScores.Span, accumulate);

    public void SourceFocus(in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> result) =>
        Plain.SourceFocus.Forward(plan, weights.Span, centres.Span, deviation, result.Span);

    public void SourceFocusBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> centres, float deviation, Storage<float> dResult,
        Storage<float> dWeights, Storage<float> dCentres) =>
        Plain.SourceFocus.Backward(plan, weights.Span, centres.Span, deviation, dResult.Span, dWeights.Span, dCentres.Span);

    public void LocationFeatures(in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> features) =>
        Plain.LocationFeatures.Forward(plan, weights.Span, filters.Span, width, features.Span);

    public void LocationFeaturesBackward(
        in SourcePlan plan, Storage<float> weights, Storage<float> filters, int width, Storage<float> dFeatures,
        Storage<float> dWeights, Storage<float> dFilters) =>
        Plain.LocationFeatures.Backward(plan, weights.Span, filters.Span, width, dFeatures.Span, dWeights.Span, dFilters.Span);

    public void SourceMinima(in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> sums) =>
        Plain.SourceMinima.Forward(plan, a.Span, b.Span, sums.Span);

    public void SourceMinimaBackward(
        in SourcePlan plan, Storage<float> a, Storage<float> b, Storage<float> dSums, Storage<float> da, Storage<float> db) =>
        Plain.SourceMinima.Backward(plan, a.Span, b.Span, dSums.Span, da.Span, db.Span);

    public void AlignmentLoss(
        Storage<float> weights, int stride, Storage<int> starts, Storage<int> positions, Storage<float> targets, Storage<float> losses) =>
        Plain.AlignmentLoss.Forward(weights.Span, stride, starts.Span, positions.Span, targets.Span, losses.Span);

    public void AlignmentLossBackward(
        Storage<float> weights, int stride, Storage<int> starts, Storage<int> positions, Storage<float> targets, Storage<float> dLosses,
        Storage<float> dWeights) =>
        Plain.AlignmentLoss.Backward(weights.Span, stride, starts.Span, positions.Span, targets.Span, dLosses.Span, dWeights.Span);

    public void SentenceMeans(Storage<float> x, Storage<int> starts, Storage<int> lengths, int width, Storage<float> means) =>
        Plain.SentenceMeans.Forward(x.Span, starts.Span, lengths.Span, width, means.Span);

    public void SentenceMeansBackward(
        Storage<float> dMeans, Storage<int> starts, Storage<int> lengths, int width, Storage<float> dx, bool accumulate) =>
        Plain.SentenceMeans.Backward(dMeans.Span, starts.Span, lengths.Span, width, dx.Span, accumulate);
}
