using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;

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
                    if (number % MatMulCase.Stride != 0)
                    {
                        continue;
                    }

                    using MatMulCase operands = new(m, n, k, (turn & 1) != 0, (turn & 2) != 0, turn / 8 % 3);
                    bool accumulate = (turn & 4) != 0;
                    int[] result = operands.Result(c => kernels.MatMul(operands.A, operands.B, c, accumulate, default));
                    Same(operands.PlainResult(accumulate), result, operands);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public void Large_products_have_the_bits_of_the_plain_loop_on_one_two_and_five_threads(string path)
    {
        // Terms over one block, rows over one block, columns over one block, and a right-hand side that is asked for ahead.
        foreach ((int m, int n, int k) in new[] { (130, 161, 700), (300, 40, 257), (1, 700, 300), (3, 1000, 100), (60, 550, 513), (25, 1100, 300) })
        {
            using MatMulCase operands = new(m, n, k, transposeA: (k & 1) == 0, transposeB: m == 300, gap: 3);
            int[] expected = operands.PlainResult(accumulate: true);
            foreach (int threads in (int[])[1, 2, 5])
            {
                WorkerPool pool = new(threads);
                SimdKernels kernels = KernelsOf(path, pool);
                Same(expected, operands.Result(c => kernels.MatMul(operands.A, operands.B, c, accumulate: true, default)), operands);
                pool.Threads = 1;
            }
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public void A_packed_right_hand_side_gives_the_same_bits(string path)
    {
        SimdKernels kernels = KernelsOf(path);
        foreach ((int m, int n, int k) in new[] { (1, 1, 1), (1, 200, 33), (5, 31, 7), (14, 65, 300), (40, 129, 64), (97, 10, 9), (0, 5, 5), (3, 300, 0) })
        {
            foreach (bool transpose in (bool[])[false, true])
            {
                using MatMulCase operands = new(m, n, k, transposeA: transpose, transposeB: transpose, gap: 2);
                float[] nothing = new float[kernels.PackedLength(k, n)];
                Memory.Storage<float> packed = operands.NewFloats(nothing).Storage;
                kernels.Pack(operands.B, packed);
                Same(operands.PlainResult(accumulate: false), operands.Result(c => kernels.MatMulPacked(operands.A, packed, c, accumulate: false, default)), operands);
            }
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public void A_batch_is_its_products_one_by_one(string path)
    {
        SimdKernels kernels = KernelsOf(path);
        foreach ((int m, int n, int k, int batches) in new[] { (10, 10, 32, 50), (10, 32, 10, 7), (100, 200, 50, 3), (4, 5, 6, 0) })
        {
            // One tall matrix of each kind, cut into equal slices.
            using MatMulCase all = new(m * batches, n, k);
            using MatMulCase right = new(k * batches, n, 1);
            Matrix a = all.A with { Rows = m };
            Matrix b = right.C with { Rows = k };
            int[] expected = all.Result(c => CpuKernels.Plain.Kernels.MatMulBatched(a, b, c with { Rows = m }, batches, (long)m * k, (long)k * n, (long)m * n, true));
            int[] actual = all.Result(c => kernels.MatMulBatched(a, b, c with { Rows = m }, batches, (long)m * k, (long)k * n, (long)m * n, true));
            Same(expected, actual, all);
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public void Bias_saved_values_and_relu_follow_the_finished_product(string path)
    {
        SimdKernels kernels = KernelsOf(path);
        foreach ((int m, int n, int k) in new[] { (1, 1, 1), (1, 300, 20), (13, 33, 5), (130, 270, 300), (7, 16, 0) })
        {
            using MatMulCase operands = new(m, n, k, gap: 1);
            float[] nothing = new float[m * n];
            Memory.Storage<float> expectedBefore = operands.NewFloats(nothing).Storage;
            Memory.Storage<float> before = operands.NewFloats(nothing).Storage;
            int[] expected = operands.PlainResult(accumulate: true, new Epilogue(operands.Bias, Activation.Relu, expectedBefore));
            int[] actual = operands.Result(c => kernels.MatMul(operands.A, operands.B, c, accumulate: true, new Epilogue(operands.Bias, Activation.Relu, before)));
            Same(expected, actual, operands);
            Same(Bits.Of(expectedBefore.Span), Bits.Of(before.Span), operands);
        }
    }

    [Fact]
    public void Every_activation_after_a_product_has_the_bits_of_the_activation_alone()
    {
        IKernels kernels = KernelsOf(InstructionPaths.NameOf(InstructionPaths.Chosen));
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            using MatMulCase operands = new(30, 610, 300);
            int[] expected = operands.Result(c =>
            {
                kernels.MatMul(operands.A, operands.B, c, accumulate: false, default);
                kernels.Activate(activation, c.Storage, c.Storage);
            });
            Same(expected, operands.Result(c => kernels.MatMul(operands.A, operands.B, c, accumulate: false, new Epilogue(default, activation))), operands);
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public void Small_products_for_attention_have_the_bits_of_the_plain_loop(string path)
    {
        Assert.True(InstructionPaths.TryParse(path, out InstructionPath parsed));
        MatMulTable table = MatMulTable.Of(parsed);
        for (int length = 1; length <= 40; length += 3)
        {
            using MatMulCase scores = new(length, length + 1, 32, transposeB: true, gap: 64);
            Same(scores.PlainResult(false), scores.Result(c => MatMul.Tile(table, scores.A, scores.B, c, accumulate: false)), scores);
            using MatMulCase mixed = new(length + 2, 32, length, transposeA: true, gap: 5);
            Same(mixed.PlainResult(true), mixed.Result(c => MatMul.Tile(table, mixed.A, mixed.B, c, accumulate: true)), mixed);
        }
    }

    private static SimdKernels KernelsOf(string path, WorkerPool? pool = null)
    {
        Assert.True(InstructionPaths.TryParse(path, out InstructionPath parsed));
        return new SimdKernels(parsed, pool ?? WorkerPool.Shared);
    }

    private static void Same(int[] expected, int[] actual, MatMulCase operands) =>
        Assert.True(expected.AsSpan().SequenceEqual(actual), FormattableString.Invariant(
            $"[{operands.M}, {operands.K}] x [{operands.K}, {operands.N}], strides {operands.A.RowStride}, {operands.A.ColumnStride} and {operands.B.RowStride}, {operands.B.ColumnStride}"));
}
