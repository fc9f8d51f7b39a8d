using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>Products of whole numbers have the same bits on every path, so they are compared with the plain loop bit by bit.</summary>
[Trait("Suite", "Conformance")]
public sealed class PackedMatMulTests
{
    private const int Rows = 40;

    public static TheoryData<WeightType, string> Exact =>
        [.. from type in new[] { WeightType.Int8, WeightType.Int7 }
            from dots in Enum.GetValues<PackedDots>()
            where PackedMatMulTable.IsSupported(dots) && PackedMatMulTable.IsExact(dots, type)
            select (type, dots.ToString())];

    [Theory, MemberData(nameof(Exact))]
    public void Every_number_of_rows_has_the_bits_of_the_plain_loop_and_nothing_beyond_is_read(WeightType type, string dots)
    {
        foreach ((int n, int k) in new[] { (1, 1), (3, 5), (15, 4), (16, 8), (17, 31), (33, 12), (50, 67), (64, 64), (131, 20) })
        {
            using PackedCase operands = PackedCase.Random(type, Rows, n, k);
            int[] expected = Plain(operands, accumulate: false, default);
            for (int rows = 1; rows <= Rows; rows++)
            {
                Same(expected, operands, rows, Simd(operands, rows, dots, accumulate: false, default), FormattableString.Invariant($"[{rows}, {n}] of {k} terms"));
            }
        }
    }

    [Theory, MemberData(nameof(Exact))]
    public void The_old_result_the_bias_and_a_rectifier_follow_in_the_order_of_the_plain_loop(WeightType type, string dots)
    {
        using PackedCase operands = PackedCase.Random(type, Rows, 45, 37);
        Epilogue epilogue = new(operands.Bias, Activation.Relu);
        foreach (bool accumulate in new[] { false, true })
        {
            int[] expected = Plain(operands, accumulate, epilogue);
            foreach (int rows in new[] { 1, 2, 7, 40 })
            {
                Same(expected, operands, rows, Simd(operands, rows, dots, accumulate, epilogue), FormattableString.Invariant($"{rows} rows, adding: {accumulate}"));
            }
        }
    }

    [Theory, MemberData(nameof(Exact))]
    public void The_greatest_whole_numbers_of_either_sign_are_added_up_without_saturation(WeightType type, string dots)
    {
        foreach ((float input, float weight) in new[] { (1f, 1f), (1f, -1f), (-1f, 1f), (-1f, -1f) })
        {
            using PackedCase operands = new(type, 9, 35, 4096, (_, _) => input, (_, _) => weight);
            Same(Plain(operands, false, default), operands, 9, Simd(operands, 9, dots, false, default), FormattableString.Invariant($"{input} times {weight}"));
        }

        using PackedCase mixed = new(type, 9, 35, 515, (row, k) => (row + k) % 3 == 0 ? -1 : 1, (n, k) => (n * k) % 2 == 0 ? 1 : -1);
        Same(Plain(mixed, false, default), mixed, 9, Simd(mixed, 9, dots, false, default), "signs that change");
    }

    [Theory, MemberData(nameof(Exact))]
    public void A_row_of_zeros_gives_zeros_and_a_row_that_is_not_finite_gives_NaN(WeightType type, string dots)
    {
        float Input(int row, int k) => row switch { 1 => 0, 2 => k == 19 ? float.NaN : 1, 3 => k == 3 ? float.NegativeInfinity : 1, 4 => 1e-38f, _ => k - 9.5f };
        using PackedCase operands = new(type, 6, 18, 20, Input, (n, k) => n - k);
        int[] actual = Simd(operands, 6, dots, accumulate: false, default);
        Same(Plain(operands, false, default), operands, 6, actual, "special rows");

        float Of(int row, int column) => BitConverter.Int32BitsToSingle(actual[(row * (int)operands.Start.RowStride) + column]);
        Assert.Equal(0, Of(1, 17));
        Assert.True(float.IsNaN(Of(2, 0)));
        Assert.True(float.IsNaN(Of(3, 17)));
        Assert.NotEqual(0, Of(5, 3));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void Threads_and_tiles_leave_the_bits_as_they_are(int threads)
    {
        using PackedCase operands = PackedCase.Random(WeightType.Int8, 300, 400, 130);
        int[] one = Simd(operands, 300, PackedMatMulTable.Best(InstructionPaths.Chosen, WeightType.Int8).ToString(), false, default);
        WorkerPool pool = new(threads);
        SimdKernels kernels = new(InstructionPaths.Chosen, pool);
        Assert.Equal(one, operands.Result(300, (a, c) => kernels.MatMulPacked(a, operands.B, c, false, default)));
        pool.Threads = 1;
    }

    [Fact]
    public void The_fastest_instructions_of_a_path_are_supported_and_exact()
    {
        foreach (InstructionPath path in MatMulCase.Paths)
        {
            foreach (WeightType type in new[] { WeightType.Int8, WeightType.Int7 })
            {
                PackedDots best = PackedMatMulTable.Best(path, type);
                Assert.True(PackedMatMulTable.IsSupported(best));
                Assert.True(PackedMatMulTable.IsExact(best, type));
            }
        }
    }

    private static int[] Plain(PackedCase operands, bool accumulate, Epilogue epilogue) =>
        operands.Result(operands.A.Rows, (a, c) => PackedCase.PlainKernels.MatMulPacked(a, operands.B, c, accumulate, epilogue));

    private static int[] Simd(PackedCase operands, int rows, string dots, bool accumulate, Epilogue epilogue)
    {
        PackedMatMulTable table = PackedMatMulTable.Of(Enum.Parse<PackedDots>(dots));
        return operands.Result(rows, (a, c) => PackedMatMul.Integers(table, WorkerPool.Shared, a, operands.B, c, accumulate, epilogue));
    }

    private static void Same(int[] expected, PackedCase operands, int rows, int[] actual, string what)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            bool bothNaN = float.IsNaN(BitConverter.Int32BitsToSingle(expected[i])) && float.IsNaN(BitConverter.Int32BitsToSingle(actual[i]));
            Assert.True(expected[i] == actual[i] || bothNaN, FormattableString.Invariant(
                $"{what}, row {i / operands.Start.RowStride}, column {i % operands.Start.RowStride}: plain {BitConverter.Int32BitsToSingle(expected[i]):R}, vectors {BitConverter.Int32BitsToSingle(actual[i]):R}"));
        }

        Assert.Equal(operands.Start.RowStride * rows, actual.Length);
    }
}
