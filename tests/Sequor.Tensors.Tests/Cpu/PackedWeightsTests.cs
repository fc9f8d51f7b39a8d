using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Cpu;

[Trait("Suite", "Conformance")]
public sealed class PackedWeightsTests
{
    private static readonly (int N, int K)[] Sizes = [(1, 1), (5, 3), (16, 4), (33, 17), (70, 40), (300, 129)];

    private static readonly SimdKernels Simd = new(InstructionPaths.Chosen, WorkerPool.Shared);

    public static TheoryData<WeightType> Types => [.. Enum.GetValues<WeightType>()];

    [Theory, InlineData(WeightType.Int8), InlineData(WeightType.Int7)]
    public void Integers_are_packed_to_the_bytes_of_the_plain_loop_padding_included(WeightType type)
    {
        foreach ((int n, int k) in Sizes)
        {
            using PackedCase operands = PackedCase.Random(type, 1, n, k);
            PackedMatrix packed = operands.Pack(Simd, type);
            Assert.True(operands.B.Values.Span.SequenceEqual(packed.Values.Span), FormattableString.Invariant($"values of [{n}, {k}]"));
            Assert.True(operands.B.Scales.Span.SequenceEqual(packed.Scales.Span), FormattableString.Invariant($"scales of [{n}, {k}]"));
            Assert.True(operands.B.Sums.Span.SequenceEqual(packed.Sums.Span), FormattableString.Invariant($"sums of [{n}, {k}]"));
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void Rows_that_are_looked_up_have_the_bits_of_the_plain_loop(WeightType type)
    {
        foreach ((int n, int k) in Sizes)
        {
            using PackedCase operands = PackedCase.Random(type, 1, n, k);
            int[] ids = [.. Enumerable.Range(0, 50).Select(i => i * 7 % n)];
            Assert.Equal(
                Gathered(PackedCase.PlainKernels, operands.B, ids, k), Gathered(Simd, operands.Pack(Simd, type), ids, k));
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void Outputs_that_are_selected_keep_their_bits_and_their_products(WeightType type)
    {
        foreach ((int n, int k) in Sizes)
        {
            using PackedCase operands = PackedCase.Random(type, 3, n, k);
            int[] rows = [.. Enumerable.Range(0, (n / 2) + 1).Select(i => i * 5 % n)];
            float Weight(int row, int column) => operands.Weight.Storage.Span[(rows[row] * k) + column];
            float Input(int row, int column) => operands.A.Storage.Span[(row * (int)operands.A.RowStride) + column];
            using PackedCase selected = new(type, 3, rows.Length, k, Input, Weight);
            PackedMatrix target = selected.Pack(Simd, type);
            int[] expected = selected.Result(3, (a, c) => Simd.MatMulPacked(a, target, c, accumulate: false, default));
            target.Values.Span.Fill(0x55);
            target.Scales.Span.Fill(7);
            target.Sums.Span.Fill(7);
            using GuardedFloats places = new(rows.Length);
            Simd.SelectPacked(operands.Pack(Simd, type), Ids(places, rows), target);
            Assert.Equal(expected, selected.Result(3, (a, c) => Simd.MatMulPacked(a, target, c, accumulate: false, default)));
        }
    }

    private static int[] Gathered(IKernels kernels, in PackedMatrix table, int[] ids, int width)
    {
        using GuardedFloats places = new(ids.Length);
        using GuardedFloats result = new(ids.Length * width);
        kernels.GatherPacked(table, Ids(places, ids), 1.7f, result.Storage);
        return Bits.Of(result.Span);
    }

    private static Storage<int> Ids(GuardedFloats memory, int[] ids)
    {
        Storage<int> storage = new(memory.Storage.Address, ids.Length);
        ids.CopyTo(storage.Span);
        return storage;
    }
}
