using Sequor.Tensors.Cpu.Plain;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

internal sealed partial class PlainKernels
{
    public void Softmax(Storage<float> x, Storage<float> y, int width) => Plain.Softmax.Forward(x.Span, y.Span, width);

    public void SoftmaxBackward(Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        Plain.Softmax.Backward(y.Span, dy.Span, dx.Span, width, accumulate);

    public void LogSoftmax(Storage<float> x, Storage<float> y, int width) => Plain.LogSoftmax.Forward(x.Span, y.Span, width);

    public void LogSoftmaxBackward(Storage<float> y, Storage<float> dy, Storage<float> dx, int width, bool accumulate) =>
        Plain.LogSoftmax.Backward(y.Span, dy.Span, dx.Span, width, accumulate);

    public void LayerNorm(
        Storage<float> x, Storage<float> gain, Storage<float> bias, float epsilon, Storage<float> y, Storage<float> statistics, int width) =>
        Plain.LayerNorm.Forward(x.Span, gain.Span, bias.Span, epsilon, y.Span, statistics.Span, width);

    public void LayerNormBackward(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, Storage<float> dbias, int width) =>
        Plain.LayerNormBackward.Run(
            x.Span, gain.Span, statistics.Span, dy.Span, dx.Span, accumulate, dgain.Span, dbias.Span, width);

    public void RmsNorm(Storage<float> x, Storage<float> gain, float epsilon, Storage<float> y, Storage<float> statistics, int width) =>
        Plain.RmsNorm.Forward(x.Span, gain.Span, epsilon, y.Span, statistics.Span, width);

    public void RmsNormBackward(
        Storage<float> x, Storage<float> gain, Storage<float> statistics, Storage<float> dy,
        Storage<float> dx, bool accumulate, Storage<float> dgain, int width) =>
        Plain.RmsNorm.Backward(x.Span, gain.Span, statistics.Span, dy.Span, dx.Span, accumulate, dgain.Span, width);

    public void ColumnSums(in Matrix x, Storage<float> sums, bool accumulate) => Reductions.ColumnSums(x, sums.Span, accumulate);

    public void RowSums(in Matrix x, Storage<float> sums, bool accumulate) => Reductions.RowSums(x, sums.Span, accumulate);

    public double Sum(Storage<float> x) => Reductions.Sum(x.Span);

    public double SumOfSquares(Storage<float> x) => Reductions.SumOfSquares(x.Span);

    public long CountNonFinite(Storage<float> x) => Reductions.CountNonFinite(x.Span);

    public void CrossEntropy(
        Storage<float> logits, Storage<int> targets, float smoothing, float gradientScale,
        Storage<float> losses, Storage<float> logLikelihoods, Storage<float> correct, int classes) =>
        Plain.CrossEntropy.Run(
            logits.Span, targets.Span, smoothing, gradientScale, losses.Span, logLikelihoods.Span, correct.Span, classes);
}
