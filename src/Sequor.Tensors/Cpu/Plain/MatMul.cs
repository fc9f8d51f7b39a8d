using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Matrix products: each element is one chain of fused multiply-adds in rising k, from 0 or from what is there.</summary>
internal static class MatMul
{
    internal static void Run(in Matrix a, in Matrix b, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        ReadOnlySpan<float> left = a.Storage.Span;
        ReadOnlySpan<float> right = b.Storage.Span;
        Span<float> result = c.Storage.Span;
        for (int row = 0; row < c.Rows; row++)
        {
            for (int column = 0; column < c.Columns; column++)
            {
                ref float element = ref result[At(c, row, column)];
                float sum = accumulate ? element : 0;
                for (int k = 0; k < a.Columns; k++)
                {
                    sum = MathF.FusedMultiplyAdd(left[At(a, row, k)], right[At(b, k, column)], sum);
                }

                element = Finish(sum, row, column, c.Columns, epilogue);
            }
        }
    }

    /// <summary>A packed right-hand side is here simply row after row.</summary>
    internal static void Pack(in Matrix b, Span<float> packed)
    {
        ReadOnlySpan<float> right = b.Storage.Span;
        for (int row = 0; row < b.Rows; row++)
        {
            for (int column = 0; column < b.Columns; column++)
            {
                packed[(row * b.Columns) + column] = right[At(b, row, column)];
            }
        }
    }

    internal static void Batched(
        in Matrix a, in Matrix b, in Matrix c, int batches, long aStride, long bStride, long cStride, bool accumulate)
    {
        for (int batch = 0; batch < batches; batch++)
        {
            Run(From(a, batch * aStride), From(b, batch * bStride), From(c, batch * cStride), accumulate, default);
        }
    }

    internal static int At(in Matrix matrix, int row, int column) =>
        checked((int)((row * matrix.RowStride) + (column * matrix.ColumnStride)));

    private static Matrix From(in Matrix matrix, long start) =>
        matrix with { Storage = matrix.Storage.Slice(start, matrix.Storage.Length - start) };

    internal static float Finish(float sum, int row, int column, int columns, in Epilogue epilogue)
    {
        if (!epilogue.Bias.IsEmpty)
        {
            sum += epilogue.Bias.Span[column];
        }

        if (!epilogue.PreActivation.IsEmpty)
        {
            epilogue.PreActivation.Span[(row * columns) + column] = sum;
        }

        return Activations.Of(epilogue.Activation, sum);
    }
}
