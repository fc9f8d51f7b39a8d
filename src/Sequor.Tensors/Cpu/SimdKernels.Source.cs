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
}
