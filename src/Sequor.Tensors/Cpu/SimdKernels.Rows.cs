using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class SimdKernels
{
    public void Softmax(Storage<float> x, Storage<float> y, int width) => Simd.Softmax.Forward(_pool, x, y, width);

    public void SoftmaxBackward(Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        Simd.Softmax.Backward(_pool, y, dy, dx, width, accumulate);

    public void LogSoftmax(Storage<float> x, Storage<float> y, int width) => Simd.LogSoftmax.Forward(_pool, x, y, width);

    public void LogSoftmaxBackward(Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        Simd.LogSoftmax.Backward(_pool, y, dy, dx, width, accumulate);

    public void LayerNorm(
        Storage<float> x, Storage<float> gain, Storage<float> bias, float epsilon, Storage<float> y, Storage<float> statistics, int width) =>
        Simd.LayerNorm.Forward(_pool, x, gain, bias, epsilon, y, statistics, width);

    public void LayerNormBackward(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, Storage<float> dbias, int width) =>
        Simd.LayerNormBackward.Run(
            _pool, x, gain, statistics, dy, dx, accumulate, dgain, dbias, width);

    public void RmsNorm(Storage<float> x, Storage<float> gain, float epsilon, Storage<float> y, Storage<float> statistics, int width) =>
        Simd.RmsNorm.Forward(_pool, x, gain, epsilon, y, statistics, width);

    public void RmsNormBackward(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, int width) =>
        Simd.RmsNorm.Backward(_pool, x, gain, statistics, dy, dx, accumulate, dgain, width);

    public void ColumnSums(in Matrix x, Storage<float> sums, bool accumulate) => Reductions.ColumnSums(_pool, x, sums, accumulate);

    public void RowSums(in Matrix x, Storage<float> sums, bool accumulate) => Reductions.ColumnSums(_pool, x.Transposed, sums, accumulate);

    public double Sum(Storage<float> x) => Reductions.Sum(_pool, x);

    public double SumOfSquares(Storage<float> x) => Reductions.SumOfSquares(_pool, x);

    public long CountNonFinite(Storage<float> x) => Reductions.CountNonFinite(_pool, x);

    public void CrossEntropy(
        Storage<float> logits, Storage<int> targets, float smoothing, float gradientScale,
        Storage<float> losses, Storage<float> logLikelihoods, Storage<float> correct, int classes) =>
        Simd.CrossEntropy.Run(
            _pool, logits, targets, smoothing, gradientScale, losses, logLikelihoods, correct, classes);
}
