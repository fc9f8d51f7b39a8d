using Sequor.Tensors;

namespace Sequor.Layers;

/// <summary>The mean of what the heads of attention looked at.</summary>
internal static class HeadMean
{
    /// <summary>Takes the mean; gradients flow into every head.</summary>
    /// <param name="weights">[R · H, L], the rows of a query's heads below each other.</param>
    /// <param name="rows">R.</param>
    /// <returns>[R, L]</returns>
    internal static Tensor Of(Tensor weights, int rows)
    {
        int heads = weights.Shape.Rows / rows;
        if (heads == 1)
        {
            return weights;
        }

        int columns = weights.Shape.Width;
        Tensor beside = weights.Reshape([rows, heads * columns]);
        Tensor sum = beside.Columns(0, columns);
        for (int head = 1; head < heads; head++)
        {
            sum = sum.Add(beside.Columns(head * columns, columns));
        }

        return sum.Scale(1f / heads);
    }
}
