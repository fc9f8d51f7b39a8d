using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    /// <summary>The k best columns of each row of logits with their log-probabilities, best first, ties by the lower column.
    /// Log-probabilities have the bits of <see cref="LogSoftmax"/>.</summary>
    /// <param name="k">1 to V, where this is [R, V].</param>
    /// <param name="ids">Receives the columns, [R, k].</param>
    /// <param name="logProbabilities">Receives log p of each, [R, k]; NaN throughout in a row that has a NaN or whose greatest number is infinite.</param>
    /// <param name="logSums">Receives log Σ exp of each row, [R]; empty when unwanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is not within 1 to V.</exception>
    /// <exception cref="ArgumentException">A destination is too short.</exception>
    public void BestOf(int k, Span<int> ids, Span<float> logProbabilities, Span<float> logSums = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, Shape.Width);
        Step step = Op.RequiredStep("BestOf", this);
        int rows = Shape.Rows;
        CheckRoom(ids.Length, rows * k, "columns");
        CheckRoom(logProbabilities.Length, rows * k, "log-probabilities");
        if (!logSums.IsEmpty)
        {
            CheckRoom(logSums.Length, rows, "sums");
        }

        Storage<int> best = step.Take<int>((long)rows * k);
        Storage<float> values = step.Take<float>((long)rows * k);
        Storage<float> sums = step.Take<float>(rows);
        Kernels.BestOf(AsMatrix(), k, best, values, sums);
        Device.Download(best, ids[..(rows * k)]);
        Device.Download(values, logProbabilities[..(rows * k)]);
        if (!logSums.IsEmpty)
        {
            Device.Download(sums, logSums[..rows]);
        }

        step.Release(sums);
        step.Release(values);
        step.Release(best);
    }

    private static void CheckRoom(int there, int needed, string what)
    {
        if (there < needed)
        {
            throw new ArgumentException($"BestOf: {needed} {what} need as many places, but {there} were given.");
        }
    }
}
