using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Copies and additions of matrices with any strides: slices, concatenations, transposes.</summary>
internal static class CopyMatrix
{
    internal static void Run(in Matrix from, in Matrix to, bool accumulate)
    {
        ReadOnlySpan<float> source = from.Storage.Span;
        Span<float> target = to.Storage.Span;
        for (int row = 0; row < from.Rows; row++)
        {
            for (int column = 0; column < from.Columns; column++)
            {
                float value = source[MatMul.At(from, row, column)];
                ref float element = ref target[MatMul.At(to, row, column)];
                element = accumulate ? element + value : value;
            }
        }
    }
}
