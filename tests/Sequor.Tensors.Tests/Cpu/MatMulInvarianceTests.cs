using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>What batch-invariant decoding rests on: a row's result is a function of the row alone, not of how many rows go with it or where it stands.</summary>
[Trait("Suite", "Conformance")]
public sealed class MatMulInvarianceTests
{
    // Eight vectors of 16 and a rest, so that one to three rows take their own kernels, and the rest has an edge.
    private const int Columns = 137;
    private const int Rows = 130;

    private static readonly int[] Counts = [1, 2, 3, 4, 5, 7, 8, 13, 14, 15, 29, 97];

    public static TheoryData<string> Paths => [.. MatMulCase.Paths.Select(InstructionPaths.NameOf)];

    [Theory, MemberData(nameof(Paths))]
    public void Any_rows_taken_out_of_130_keep_their_bits_for_every_k_from_1_to_600(string path)
    {
        Assert.True(InstructionPaths.TryParse(path, out InstructionPath parsed));
        SimdKernels kernels = new(parsed, WorkerPool.Shared);
        using GuardedFloats some = new(Rows * Columns);
        for (int k = 1; k <= 600; k += MatMulCase.Stride)
        {
            using MatMulCase operands = new(Rows, Columns, k, transposeB: k % 5 == 0);
            int[] all = operands.Result(c => kernels.MatMul(operands.A, operands.B, c, accumulate: false, default));
            int count = Counts[k % Counts.Length];
            int first = k * 31 % (Rows - count + 1);
            Matrix result = new(some.Storage.Slice(some.Storage.Length - (count * Columns), count * Columns), count, Columns);
            kernels.MatMul(operands.A.RowRange(first, count), operands.B, result, accumulate: false, default);
            Assert.True(
                all.AsSpan(first * Columns, count * Columns).SequenceEqual(Bits.Of(result.Storage.Span)),
                FormattableString.Invariant($"rows {first} to {first + count - 1} of {Rows} with K = {k}"));
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public void One_row_keeps_its_bits_in_any_number_of_rows(string path)
    {
        Assert.True(InstructionPaths.TryParse(path, out InstructionPath parsed));
        SimdKernels kernels = new(parsed, WorkerPool.Shared);
        using MatMulCase operands = new(Rows, Columns, 300);
        Epilogue epilogue = new(operands.Bias, Activation.Gelu);
        int[] all = operands.Result(c => kernels.MatMul(operands.A, operands.B, c, accumulate: false, epilogue));
        using GuardedFloats memory = new(Rows * Columns);
        for (int count = 1; count <= Rows; count += MatMulCase.Stride)
        {
            Matrix result = new(memory.Storage.Slice(0, count * Columns), count, Columns);
            kernels.MatMul(operands.A.RowRange(Rows - count, count), operands.B, result, accumulate: false, epilogue);
            Assert.True(
                all.AsSpan((Rows - count) * Columns).SequenceEqual(Bits.Of(result.Storage.Span)),
                FormattableString.Invariant($"the last {count} of {Rows} rows"));
        }
    }
}
