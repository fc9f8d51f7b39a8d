namespace Sequor.Tensors.Cpu.Plain;

/// <summary>The cross-entropy between given alignments, a few points of each row, and rows of attention weights.</summary>
internal static class AlignmentLoss
{
    // A weight that has underflowed must not make the loss infinite.
    private const float SmallestWeight = 1e-20f;

    internal static void Forward(
        ReadOnlySpan<float> weights, int stride, ReadOnlySpan<int> starts, ReadOnlySpan<int> positions, ReadOnlySpan<float> targets, Span<float> losses)
    {
        for (int row = 0; row < losses.Length; row++)
        {
            double loss = 0;
            for (int point = starts[row]; point < starts[row + 1]; point++)
            {
                loss -= targets[point] * Math.Log(Math.Max(SmallestWeight, weights[(row * stride) + positions[point]]));
            }

            losses[row] = (float)loss;
        }
    }

    internal static void Backward(
        ReadOnlySpan<float> weights, int stride, ReadOnlySpan<int> starts, ReadOnlySpan<int> positions, ReadOnlySpan<float> targets,
        ReadOnlySpan<float> dLosses, Span<float> dWeights)
    {
        for (int row = 0; row < dLosses.Length; row++)
        {
            for (int point = starts[row]; point < starts[row + 1]; point++)
            {
                int place = (row * stride) + positions[point];
                dWeights[place] -= dLosses[row] * targets[point] / Math.Max(SmallestWeight, weights[place]);
            }
        }
    }
}
