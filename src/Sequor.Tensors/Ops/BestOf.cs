using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;
using Sequor.Tensors.Ops;

namespace Sequor.Tensors;

public readonly partial struct Tensor
{
    // Rows whose logits still lie in the caches when their best are looked for, and enough of them for a product at full speed.
    private const int RowsPerProjection = 64;

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

    /// <summary>The k best columns of x · weightᵀ + bias with their log-probabilities, as <see cref="BestOf"/> finds them, some rows at a time: the logits of all
    /// rows are never kept.</summary>
    /// <param name="weight">[V, D], where this is [R, D].</param>
    /// <param name="bias">[V], or none.</param>
    /// <param name="k">1 to V.</param>
    /// <param name="ids">Receives the columns, [R, k].</param>
    /// <param name="logProbabilities">Receives log p of each, [R, k]; NaN throughout in a row that has a NaN or whose greatest number is infinite.</param>
    /// <param name="logSums">Receives log Σ exp of each row, [R]; empty when unwanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is not within 1 to V.</exception>
    /// <exception cref="ArgumentException">A destination is too short.</exception>
    /// <exception cref="ShapeException">The sizes do not fit together.</exception>
    public void ProjectBest(
        Tensor weight, Tensor bias, int k, Span<int> ids, Span<float> logProbabilities, Span<float> logSums = default)
    {
        int rows = Shape.Rows;
        CheckRoom(ids.Length, rows * k, "columns");
        CheckRoom(logProbabilities.Length, rows * k, "log-probabilities");
        for (int first = 0; first < rows; first += RowsPerProjection)
        {
            int count = Math.Min(RowsPerProjection, rows - first);
            Tensor logits = RowRange(first, count).Linear(weight, bias);
            logits.BestOf(
                k, ids.Slice(first * k, count * k), logProbabilities.Slice(first * k, count * k), logSums.IsEmpty ? default : logSums.Slice(first, count));
            logits.Discard();
        }
    }

    private static void CheckRoom(int there, int needed, string what)
    {
        if (there < needed)
        {
            throw new ArgumentException($"BestOf: {needed} {what} need as many places, but {there} were given.");
        }
    }
}
