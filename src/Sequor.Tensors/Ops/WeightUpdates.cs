using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors;

/// <summary>Updates of weights in place, over the parameter's run of the flat buffers.</summary>
public static class WeightUpdates
{
    /// <summary>One Adam or AdamW update.</summary>
    /// <param name="parameter">The weights to change, by their gradient.</param>
    /// <param name="firstMoments">[all]; a flat buffer laid out as the set's weights.</param>
    /// <param name="secondMoments">[all]; likewise.</param>
    /// <param name="settings">The numbers of this update.</param>
    public static void Adam(this Parameter parameter, Tensor firstMoments, Tensor secondMoments, in AdamSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        parameter.Device.Kernels.Adam(
            parameter.ValueStorage, parameter.GradientStorage, RunOf(parameter, firstMoments), RunOf(parameter, secondMoments), settings);
    }

    /// <summary>One update of gradient descent.</summary>
    /// <param name="parameter">The weights to change, by their gradient.</param>
    /// <param name="velocity">[all]; a flat buffer laid out as the set's weights, or none without momentum.</param>
    /// <param name="settings">The numbers of this update.</param>
    public static void Sgd(this Parameter parameter, Tensor velocity, in SgdSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        parameter.Device.Kernels.Sgd(
            parameter.ValueStorage, parameter.GradientStorage, velocity.IsNone ? default : RunOf(parameter, velocity), settings);
    }

    /// <summary>One Adagrad update.</summary>
    /// <param name="parameter">The weights to change, by their gradient.</param>
    /// <param name="sums">[all]; a flat buffer laid out as the set's weights.</param>
    /// <param name="rate">The step size.</param>
    /// <param name="epsilon">Added to the root of the sums.</param>
    /// <param name="gradientScale">The factor on the gradient.</param>
    /// <param name="weightDecay">Added to the gradient as decay × weight.</param>
    public static void Adagrad(this Parameter parameter, Tensor sums, float rate, float epsilon, float gradientScale, float weightDecay)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        parameter.Device.Kernels.Adagrad(
            parameter.ValueStorage, parameter.GradientStorage, RunOf(parameter, sums), rate, epsilon, gradientScale, weightDecay);
    }

    /// <summary>One Adafactor update of the rows of one of a parameter's names.</summary>
    /// <param name="parameter">The weights to change, by their gradient.</param>
    /// <param name="part">Which of its names, from 0.</param>
    /// <param name="rowMoments">[rows] of a matrix whose second moments are factored; otherwise the second moments of all weights of the part, in its shape.</param>
    /// <param name="columnMoments">[columns] of a matrix whose second moments are factored; otherwise none.</param>
    /// <param name="firstMoments">[all]; a flat buffer laid out as the set's weights; none where beta1 is 0.</param>
    /// <param name="working">[n]; at least as many numbers as the part has weights. They are overwritten.</param>
    /// <param name="settings">The numbers of this update.</param>
    public static void Adafactor(
        this Parameter parameter, int part, Tensor rowMoments, Tensor columnMoments, Tensor firstMoments, Tensor working, in AdafactorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        IKernels kernels = parameter.Device.Kernels;
        Shape shape = parameter.PartShape;
        Storage<float> weights = parameter.ValueStorage.Slice(part * shape.Count, shape.Count);
        Storage<float> gradients = parameter.GradientStorage.Slice(part * shape.Count, shape.Count);
        Storage<float> step = working.Storage.Slice(0, shape.Count);
        if (columnMoments.IsNone)
        {
            kernels.SquaredMoments(gradients, settings.GradientScale, settings.Beta2, settings.Epsilon1, rowMoments.Storage);
            kernels.MomentStep(gradients, settings.GradientScale, rowMoments.Storage, step);
        }
        else
        {
            var matrix = new Matrix(gradients, shape.Rows, shape.Width);
            kernels.FactoredMoments(matrix, settings.GradientScale, settings.Beta2, settings.Epsilon1, rowMoments.Storage, columnMoments.Storage);
            kernels.FactoredStep(matrix, settings.GradientScale, rowMoments.Storage, columnMoments.Storage, step);
        }

        double size = settings.ScaleParameter ? Math.Max(settings.Epsilon2, RootMeanSquare(kernels, weights)) : 1;
        double rate = settings.LearningRate * size;
        float clipped = (float)(rate / Math.Max(1, RootMeanSquare(kernels, step) / settings.ClipThreshold));
        if (settings.WeightDecay != 0)
        {
            kernels.Scale(weights, (float)(1 - (rate * settings.WeightDecay)), weights, accumulate: false);
        }

        if (firstMoments.IsNone)
        {
            kernels.Scale(step, -clipped, weights, accumulate: true);
            return;
        }

        Storage<float> moments = RunOf(parameter, firstMoments).Slice(part * shape.Count, shape.Count);
        kernels.Scale(step, clipped, step, accumulate: false);
        kernels.MovingAverage(step, settings.Beta1, moments);
        kernels.Scale(moments, -1, weights, accumulate: true);
    }

    /// <summary>target = decay · target + (1 - decay) · values: an exponential moving average of weights.</summary>
    /// <param name="target">[all]; the average.</param>
    /// <param name="values">[all]; the weights now.</param>
    /// <param name="decay">0 to 1.</param>
    /// <exception cref="ShapeException">The sizes differ.</exception>
    public static void MoveAverage(this Tensor target, Tensor values, float decay)
    {
        Errors.ShapeErrors.CheckSame("MoveAverage", target.Shape, values.Shape);
        target.Kernels.MovingAverage(values.Storage, decay, target.Storage);
        KeepAlive(target, values);
    }

    /// <summary>Kernels see addresses only: a block of a tensor's own must not be collected while one reads it.</summary>
    private static void KeepAlive(Tensor tensor, Tensor other)
    {
        GC.KeepAlive(tensor.Owner);
        GC.KeepAlive(other.IsNone ? null : other.Owner);
    }

    private static double RootMeanSquare(IKernels kernels, Storage<float> x) => Math.Sqrt(kernels.SumOfSquares(x) / Math.Max(1, x.Length));

    private static Storage<float> RunOf(Parameter parameter, Tensor flat) => flat.Storage.Slice(parameter.Offset, parameter.Shape.Count);
}
