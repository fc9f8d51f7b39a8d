using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Products with packed weights. Integers: quantise each row, add up products of whole numbers exactly, turn the sums back into floats, then the epilogue.</summary>
internal static class PackedMatMul
{
    internal static void Run(in Matrix a, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue, int floatPanel)
    {
        if (WeightTypes.IsInteger(b.Type))
        {
            Integers(a, b, c, accumulate, epilogue);
        }
        else
        {
            Floats(a, b, c, accumulate, epilogue, floatPanel);
        }
    }

    private static void Integers(in Matrix a, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue)
    {
        sbyte[] integers = new sbyte[a.Columns];
        for (int row = 0; row < c.Rows; row++)
        {
            ReadOnlySpan<float> numbers = a.Storage.Slice(row * a.RowStride, a.Columns).Span;
            float rowScale = PackedQuantize.Row(numbers, WeightTypes.MostOf(b.Type), integers);
            for (int column = 0; column < c.Columns; column++)
            {
                ref float element = ref c.Storage.Span[MatMul.At(c, row, column)];
                float product = Sum(integers, b, column) * (rowScale * b.Scales.Span[column]);
                element = MatMul.Finish(accumulate ? element + product : product, row, column, c.Columns, epilogue);
            }
        }
    }

    /// <summary>Kernels add the offset to the inputs, so that they are unsigned, and take offset · (the sum of the weights) off the sum: the same whole number.</summary>
    private static int Sum(ReadOnlySpan<sbyte> integers, in PackedMatrix b, int output)
    {
        int sum = 0;
        for (int k = 0; k < integers.Length; k++)
        {
            sum += integers[k] * (sbyte)b.Values.Span[(int)b.IntegerAt(output, k)];
        }

        return sum;
    }

    private static void Floats(in Matrix a, in PackedMatrix b, in Matrix c, bool accumulate, in Epilogue epilogue, int floatPanel)
    {
        ReadOnlySpan<float> left = a.Storage.Span;
        float[] numbers = new float[a.Columns];
        for (int column = 0; column < c.Columns; column++)
        {
            for (int k = 0; k < numbers.Length; k++)
            {
                numbers[k] = PackedWeights.Number(b, column, k, floatPanel);
            }

            for (int row = 0; row < c.Rows; row++)
            {
                ref float element = ref c.Storage.Span[MatMul.At(c, row, column)];
                float sum = accumulate ? element : 0;
                for (int k = 0; k < numbers.Length; k++)
                {
                    sum = MathF.FusedMultiplyAdd(left[MatMul.At(a, row, k)], numbers[k], sum);
                }

                element = MatMul.Finish(sum, row, column, c.Columns, epilogue);
            }
        }
    }
}
