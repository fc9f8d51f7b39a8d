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
}
