using Sequor.Tensors.Cpu;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>The operands of a product with a packed weight, each in memory that ends at an unreadable page.</summary>
internal sealed class PackedCase : IDisposable
{
    private readonly List<GuardedFloats> _blocks = [];

    /// <summary>Takes inputs and weights from functions of row and column.</summary>
    internal PackedCase(WeightType type, int m, int n, int k, Func<int, int, float> input, Func<int, int, float> weight)
    {
        A = Fill(m, k, k + 3, input);
        Weight = Fill(n, k, k, weight);
        Start = Fill(m, n, n + 1, (row, column) => (row - column) / 64f);
        Bias = Fill(1, n, n, (_, column) => (column % 7) - 3).Storage;
        B = Pack(PlainKernels, type);
    }

    internal static IKernels PlainKernels { get; } = CpuKernels.Plain.Kernels;

    internal Matrix A { get; }

    internal Matrix Weight { get; }

    /// <summary>What results hold before the product; a gap follows each row.</summary>
    internal Matrix Start { get; }

    internal Storage<float> Bias { get; }

    /// <summary>The weight as the plain kernels pack it.</summary>
    internal PackedMatrix B { get; }

    /// <summary>Inputs and weights of -1 to 1.</summary>
    internal static PackedCase Random(WeightType type, int m, int n, int k)
    {
        Random random = new((((m * 1009) + n) * 1013) + k);
        float Next(int row, int column) => (2 * random.NextSingle()) - 1;
        return new PackedCase(type, m, n, k, Next, Next);
    }

    public void Dispose()
    {
        foreach (GuardedFloats block in _blocks)
        {
            block.Dispose();
        }
    }

    /// <summary>The weight as some kernels pack it.</summary>
    internal PackedMatrix Pack(IKernels kernels, WeightType type)
    {
        (int n, int k) = (Weight.Rows, Weight.Columns);
        int padded = WeightTypes.IsInteger(type) ? PackedMatrix.PaddedRows(n) : 0;
        Storage<float> values = NewFloats((kernels.PackedBytes(type, n, k) + 3) / 4);
        PackedMatrix packed = new(
            type, n, k, new Storage<byte>(values.Address, kernels.PackedBytes(type, n, k)), NewFloats(padded),
            new Storage<int>(NewFloats(padded).Address, padded));

        // What a kernel forgets to write shows.
        packed.Values.Span.Fill(0x55);
        packed.Scales.Span.Fill(7);
        packed.Sums.Span.Fill(7);
        kernels.PackWeight(Weight, packed);
        return packed;
    }

    /// <summary>The bits of the first rows of a result that starts as a copy of <see cref="Start"/>, gaps included.</summary>
    internal int[] Result(int rows, Action<Matrix, Matrix> product)
    {
        using GuardedFloats memory = new(Start.RowStride * rows);
        Start.Storage.Slice(0, memory.Storage.Length).Span.CopyTo(memory.Span);
        product(A.RowRange(0, rows), new Matrix(memory.Storage, rows, Start.Columns, Start.RowStride));
        return Bits.Of(memory.Span);
    }

    private Storage<float> NewFloats(long count)
    {
        GuardedFloats block = new(count);
        _blocks.Add(block);
        return block.Storage;
    }

    private Matrix Fill(int rows, int columns, int stride, Func<int, int, float> number)
    {
        Matrix matrix = new(NewFloats((long)rows * stride), rows, columns, stride);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                matrix.Storage.Span[(row * stride) + column] = number(row, column);
            }
        }

        return matrix;
    }
}
