using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Twin = Sequor.Tensors.Cpu.Plain.PackedWeights;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>Products with packed weights of floating-point types are one chain per element, so they have the bits of the plain loop on every path.</summary>
[Trait("Suite", "Conformance")]
public sealed class PackedFloatTests
{
    private const int Rows = 40;

    public static TheoryData<WeightType, string> Every =>
        [.. from type in new[] { WeightType.Float32, WeightType.Float16, WeightType.BFloat16 }
            from path in MatMulCase.Paths
            select (type, InstructionPaths.NameOf(path))];

    [Theory, MemberData(nameof(Every))]
    public void Every_number_of_rows_has_the_bits_of_the_plain_loop_and_nothing_beyond_is_read(WeightType type, string path)
    {
        SimdKernels kernels = Kernels(path);
        foreach ((int n, int k) in new[] { (1, 1), (7, 5), (16, 8), (31, 40), (33, 12), (50, 67), (96, 20), (70, 300) })
        {
            using PackedCase operands = PackedCase.Random(type, Rows, n, k);
            PackedMatrix packed = operands.Pack(kernels, type);
            int[] expected = operands.Result(Rows, (a, c) => PackedCase.PlainKernels.MatMulPacked(a, operands.B, c, accumulate: n % 2 == 0, default));
            for (int rows = 1; rows <= Rows; rows += MatMulCase.Stride)
            {
                int[] actual = operands.Result(rows, (a, c) => kernels.MatMulPacked(a, packed, c, accumulate: n % 2 == 0, default));
                Assert.True(
                    expected.AsSpan(0, actual.Length).SequenceEqual(actual), FormattableString.Invariant($"[{rows}, {n}] of {k} terms"));
            }
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void Bias_and_rectifier_follow(WeightType type, string path)
    {
        SimdKernels kernels = Kernels(path);
        using PackedCase operands = PackedCase.Random(type, 9, 45, 37);
        PackedMatrix packed = operands.Pack(kernels, type);
        Epilogue epilogue = new(operands.Bias, Activation.Relu);
        Assert.Equal(
            operands.Result(9, (a, c) => PackedCase.PlainKernels.MatMulPacked(a, operands.B, c, false, epilogue)),
            operands.Result(9, (a, c) => kernels.MatMulPacked(a, packed, c, false, epilogue)));
    }

    [Theory, MemberData(nameof(Every))]
    public void Every_16_bit_number_becomes_the_float_for_which_it_stands(WeightType type, string path)
    {
        // One term times 1 leaves the weight itself; a million small and great numbers would round to few of them, so the numbers are made of their bits.
        float Weight(int row, int _) => type == WeightType.BFloat16
            ? BitConverter.Int32BitsToSingle(row << 16)
            : Float16(row & 0x8000, (row >> 10) & 31, row & 1023);
        SimdKernels kernels = Kernels(path);
        using PackedCase operands = new(type, 1, 1 << 16, 1, (_, _) => 1, Weight);
        PackedMatrix packed = operands.Pack(kernels, type);
        int[] actual = operands.Result(1, (a, c) => kernels.MatMulPacked(a, packed, c, false, default));
        for (int row = 0; row < 1 << 16; row++)
        {
            float number = BitConverter.Int32BitsToSingle(actual[row]);
            Assert.True(number == Weight(row, 0) || (float.IsNaN(number) && float.IsNaN(Weight(row, 0))), FormattableString.Invariant($"bits {row:X4}: {number:R}"));
        }
    }

    [Theory]
    [InlineData(1.0f, 0x3C00)]
    [InlineData(-2.5f, 0xC100)]
    [InlineData(5.9604645e-8f, 0x0001)]
    [InlineData(2e-8f, 0x0000)]
    [InlineData(65504f, 0x7BFF)]
    [InlineData(65520f, 0x7C00)]
    [InlineData(-100000f, 0xFE1A)]
    [InlineData(131008f, 0x7FFF)]
    [InlineData(1e9f, 0x7FFF)]
    [InlineData(float.NegativeInfinity, 0xFFFF)]
    public void Sixteen_bits_hold_what_is_finite_to_131_008(float number, int bits) => Assert.Equal(bits, Twin.ToFloat16(number));

    private static float Float16(int sign, int exponent, int fraction)
    {
        double magnitude = exponent == 0 ? fraction * Math.Pow(2, -24) : (1 + (fraction / 1024.0)) * Math.Pow(2, exponent - 15);
        return (float)(sign == 0 ? magnitude : -magnitude);
    }

    private static SimdKernels Kernels(string path)
    {
        Assert.True(InstructionPaths.TryParse(path, out InstructionPath parsed));
        return new SimdKernels(parsed, WorkerPool.Shared);
    }
}
