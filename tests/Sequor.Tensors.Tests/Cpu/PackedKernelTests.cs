using Sequor.Tensors.Autograd;
using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>Packed weights in every type: every path has the bits of the plain loops, and these say what the types promise.</summary>
[Trait("Suite", "Conformance")]
public sealed class PackedKernelTests
{
    private static readonly WeightType[] Integers = [WeightType.Int8, WeightType.Int7];

    public static TheoryData<string, WeightType> PathsAndTypes
    {
        get
        {
            TheoryData<string, WeightType> data = [];
            foreach (InstructionPath path in MatMulCase.Paths)
            {
                foreach (WeightType type in Enum.GetValues<WeightType>())
                {
                    data.Add(InstructionPaths.NameOf(path), type);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(PathsAndTypes))]
    public void Every_odd_shape_has_the_bits_of_the_plain_loops(string path, WeightType type)
    {
        IKernels kernels = PackedWeightCase.KernelsOf(path);
        int number = 0;
        for (int n = 1; n <= 40; n += 3)
        {
            for (int k = 1; k <= 70; k += 6)
            {
                if (++number % MatMulCase.Stride != 0)
                {
                    continue;
                }

                int m = (int[])[1, 2, 3, 4, 5, 9, 17] is var rows ? rows[number % rows.Length] : 0;
                using PackedWeightCase one = new(m, n, k, gap: number % 3);
                bool accumulate = number % 2 == 0;
                Activation activation = number % 5 == 0 ? Activation.Relu : Activation.None;
                Assert.Equal(
                    one.Result(CpuKernels.Plain.Kernels, type, accumulate, activation, bias: number % 4 != 0),
                    one.Result(kernels, type, accumulate, activation, bias: number % 4 != 0));
            }
        }
    }

    [Theory, MemberData(nameof(PathsAndTypes))]
    public void A_row_has_the_same_bits_among_any_number_of_rows_and_on_any_number_of_threads(string path, WeightType type)
    {
        foreach ((int n, int k) in (ReadOnlySpan<(int, int)>)[(70, 130), (300, 64), (33, 261)])
        {
            using PackedWeightCase one = new(41, n, k);
            IKernels alone = PackedWeightCase.KernelsOf(path);
            int[] all = one.Result(alone, type, accumulate: false);
            Assert.Equal(all, one.Result(PackedWeightCase.KernelsOf(path, 2), type, accumulate: false));
            PackedMatrix packed = one.Pack(alone, type).Matrix;
            foreach ((int first, int count) in (ReadOnlySpan<(int, int)>)[(0, 1), (7, 1), (40, 1), (3, 2), (5, 3), (8, 4), (11, 7), (0, 16), (9, 32)])
            {
                using GuardedResult result = new(count, n);
                alone.MatMulPacked(one.A.RowRange(first, count), packed, result.Matrix, false, default);
                Assert.Equal(all.AsSpan(first * n, count * n).ToArray(), result.Bits);
            }
        }
    }

    [Theory, MemberData(nameof(PathsAndTypes))]
    public void Packing_looking_up_and_selecting_are_those_of_the_plain_loops(string path, WeightType type)
    {
        IKernels kernels = PackedWeightCase.KernelsOf(path);
        foreach ((int n, int k) in (ReadOnlySpan<(int, int)>)[(1, 1), (5, 3), (16, 4), (17, 5), (33, 64), (40, 70), (70, 31)])
        {
            using PackedWeightCase one = new(1, n, k);
            PackedWeight fast = one.Pack(kernels, type);
            PackedWeight plain = one.Pack(CpuKernels.Plain.Kernels, type);
            if (WeightTypes.IsInteger(type))
            {
                Assert.Equal(plain.Matrix.Values.Span.ToArray(), fast.Matrix.Values.Span.ToArray());
                Assert.Equal(plain.Matrix.Scales.Span.ToArray(), fast.Matrix.Scales.Span.ToArray());
                Assert.Equal(plain.Matrix.Sums.Span.ToArray(), fast.Matrix.Sums.Span.ToArray());
            }

            int[] rows = [.. Enumerable.Range(0, 2 * n).Select(i => i * 7 % n)];
            float[] expected = plain.Unpack(rows).ToArray();
            Assert.Equal(expected, fast.Unpack(rows).ToArray());
            using PackedWeight selected = fast.Select(rows);
            Assert.Equal(expected, selected.Unpack([.. Enumerable.Range(0, rows.Length)]).ToArray());
        }
    }

    [Theory, MemberData(nameof(PathsAndTypes))]
    public void A_row_that_is_not_finite_gives_NaN_and_a_row_of_zeros_gives_zeros(string path, WeightType type)
    {
        IKernels kernels = PackedWeightCase.KernelsOf(path);
        foreach (float poison in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            using PackedWeightCase one = new(5, 37, 45);
            Span<float> rows = one.A.Storage.Span;
            rows[(1 * 45) + 44] = poison;
            rows.Slice(2 * 45, 45).Clear();
            rows.Slice(3 * 45, 45).Fill(1e-35f);
            float[] result = Array.ConvertAll(one.Result(kernels, type, accumulate: false), BitConverter.Int32BitsToSingle);
            Assert.All(result[37..74], value => Assert.False(float.IsFinite(value)));
            Assert.All(result[74..111], value => Assert.Equal(0, value));
            Assert.All(result[111..148], value => Assert.True(MathF.Abs(value) < 1e-33f));
            Assert.All(result[..37].Concat(result[148..]), value => Assert.True(float.IsFinite(value)));
            if (WeightTypes.IsInteger(type))
            {
                Assert.All(result[37..74], value => Assert.True(float.IsNaN(value)));
                Assert.All(result[111..148], value => Assert.Equal(0, value));
            }
        }
    }

    [Fact]
    public void Integers_round_to_the_nearest_even_and_damaged_rows_are_NaN()
    {
        foreach (WeightType type in Integers)
        {
            int most = WeightTypes.MostOf(type);
            float[] weight =
            [
                most, -most, 0.5f, 1.5f, 2.5f, -0.5f,
                0, 0, 0, 0, 0, 0,
                1, float.NaN, 2, 3, 4, 5,
                1e-38f, 0, 0, 0, 0, 0,
            ];
            using PackedWeight packed = PackedWeight.Allocate(type, 4, 6);
            packed.PackRows(0, weight);
            PackedMatrix matrix = packed.Matrix;
            Assert.Equal((sbyte[])[(sbyte)most, (sbyte)-most, 0, 2, 2, 0], Enumerable.Range(0, 6).Select(k => (sbyte)matrix.Values.Span[(int)matrix.IntegerAt(0, k)]));
            Assert.Equal((float[])[1, 0, float.NaN, 0], matrix.Scales.Span[..4].ToArray());
            Assert.Equal((int[])[4, 0, 0, 0], matrix.Sums.Span[..4].ToArray());
        }
    }

    [Fact]
    public void Products_of_integers_are_near_those_of_floats()
    {
        using PackedWeightCase one = new(9, 50, 512);
        float[] exact = Array.ConvertAll(one.Result(CpuKernels.Plain.Kernels, WeightType.Float32, false), BitConverter.Int32BitsToSingle);
        (WeightType, double)[] bounds = [(WeightType.Int8, 0.012), (WeightType.Int7, 0.025), (WeightType.Float16, 4e-4), (WeightType.BFloat16, 3e-3)];
        foreach ((WeightType type, double bound) in bounds)
        {
            float[] rounded = Array.ConvertAll(one.Result(CpuKernels.Plain.Kernels, type, false), BitConverter.Int32BitsToSingle);
            double error = Math.Sqrt(exact.Zip(rounded).Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / exact.Sum(value => (double)value * value));
            Assert.InRange(error, bound / 20, bound);
        }
    }

    [Fact]
    public void Integers_at_their_limits_do_not_overflow()
    {
        // 66,000 products of 127 · 127 pass 2³⁰ but not 2³¹, with the offset of unsigned inputs they would pass it: such rows are refused.
        const int Terms = PackedMatrix.MaximumColumns;
        foreach (WeightType type in Integers)
        {
            using PackedWeight packed = PackedWeight.Allocate(type, 1, Terms);
            float[] ones = new float[Terms];
            Array.Fill(ones, 1);
            packed.PackRows(0, ones);
            using var step = new Step();
            using (step.Begin())
            {
                Assert.Equal(Terms, step.From(ones, [1, Terms]).LinearPacked(packed).Item(), 0.1f);
            }

            Assert.Contains("Use bfloat16", Assert.Throws<ArgumentOutOfRangeException>(() => PackedWeight.Allocate(type, 1, Terms + 1)).Message, StringComparison.Ordinal);
        }
    }

    private sealed class GuardedResult(int rows, int columns) : IDisposable
    {
        private readonly Sequor.Testing.GuardedFloats _memory = new((long)rows * columns);

        internal Matrix Matrix => new(_memory.Storage, rows, columns);

        internal int[] Bits => Cpu.Bits.Of(_memory.Span);

        public void Dispose() => _memory.Dispose();
    }
}
