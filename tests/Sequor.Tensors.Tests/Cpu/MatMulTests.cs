using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;

namespace Sequor.Tensors.Tests.Cpu;

[Trait("Suite", "Conformance")]
public sealed class MatMulTests
{
    private static readonly int[] Rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 29, 97, 130];
    private static readonly int[] Columns = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 40, 63, 64, 65, 127, 128, 129, 161];
    private static readonly int[] Terms = [0, 1, 2, 3, 4, 5, 8, 17, 64, 257];

    public static TheoryData<string> Paths => [.. MatMulCase.Paths.Select(InstructionPaths.NameOf)];

    [Theory, MemberData(nameof(Paths))]
    public void Every_shape_has_the_bits_of_the_plain_loop_and_touches_nothing_else(string path)
    {
        SimdKernels kernels = KernelsOf(path);
        int number = 0;
        foreach (int m in Rows)
        {
            foreach (int n in Columns)
            {
                foreach (int k in Terms)
                {
                    // Transposes, gaps and accumulation take turns: 24 combinations over 4,320 shapes.
                    int turn = number++ * 7;
                    using MatMulCase operands = new(m, n, k, (turn & 1) != 0, (turn & 2) != 0, turn / 8 % 3);
                    bool accumulate = (turn & 4) != 0;
                    int[] result = operands.Result(c => kernels.MatMul(operands.A, operands.B, c, accumulate, default));
                    Same(operands.PlainResult(accumulate), result, operands);
                }
            }
        }
    }

    private static SimdKernels KernelsOf(string path)
    {
        Assert.True(InstructionPaths.TryParse(path, out InstructionPath parsed));
        return new SimdKernels(parsed, WorkerPool.Shared);
    }

    private static void Same(int[] expected, int[] actual, MatMulCase operands) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), FormattableString.Invariant(
            $"[{operands.M}, {operands.K}] x [{operands.K}, {operands.N}], strides {operands.A.RowStride}, {operands.A.ColumnStride} and {operands.B.RowStride}, {operands.B.ColumnStride}"));
}
