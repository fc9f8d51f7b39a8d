using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>The operands of one product, each in memory that ends at an unreadable page.</summary>
internal sealed class MatMulCase : IDisposable
{
    private readonly GuardedFloats _a;
    private readonly GuardedFloats _b;
    private readonly GuardedFloats _start;
    private readonly GuardedFloats _bias;
    private readonly List<GuardedFloats> _results = [];

    /// <summary>Fills operands with numbers between -1 and 1.</summary>
    internal MatMulCase(int m, int n, int k, bool transposeA = false, bool transposeB = false, int gap = 0)
    {
        (M, N, K) = (m, n, k);
        Random random = new((((m * 1009) + n) * 1013) + k);
        (_a, A) = Fill(random, m, k, transposeA, gap);
        (_b, B) = Fill(random, k, n, transposeB, gap);
        (_start, C) = Fill(random, m, n, transpose: false, gap);
        (_bias, Matrix bias) = Fill(random, 1, n, transpose: false, gap: 0);
        Bias = bias.Storage;
    }

    /// <summary>How many shapes a test may leave out between two that it takes: without fused multiply-add in the processor each term is a call, fifty times slower.</summary>
    internal static int Stride { get; } = IsaOff.SwitchedOff is "EnableAVX2" or "EnableHWIntrinsic" ? 29 : 1;

    internal int M { get; }

    internal int N { get; }

    internal int K { get; }

    internal Matrix A { get; }

    internal Matrix B { get; }

    /// <summary>What the result holds before the product, gaps included.</summary>
    internal Matrix C { get; }

    internal Memory.Storage<float> Bias { get; }

    internal static IEnumerable<InstructionPath> Paths { get; } =
        new[] { InstructionPath.Vector128, InstructionPath.Avx2, InstructionPath.Avx512 }.Where(InstructionPaths.IsSupported);

    public void Dispose()
    {
        foreach (GuardedFloats memory in (IEnumerable<GuardedFloats>)[_a, _b, _start, _bias, .. _results])
        {
            memory.Dispose();
        }
    }

    /// <summary>The bits of a result that starts as a copy of <see cref="C"/>, gaps included.</summary>
    internal int[] Result(Action<Matrix> product)
    {
        GuardedFloats memory = NewFloats(_start.Span);
        product(C with { Storage = memory.Storage });
        return Bits.Of(memory.Span);
    }

    /// <summary>What the plain loops make of it.</summary>
    internal int[] PlainResult(bool accumulate, Epilogue epilogue = default) =>
        Result(c => CpuKernels.Plain.Kernels.MatMul(A, B, c, accumulate, epilogue));

    /// <summary>Memory that lives as long as the operands.</summary>
    internal GuardedFloats NewFloats(ReadOnlySpan<float> values)
    {
        GuardedFloats memory = new(values);
        _results.Add(memory);
        return memory;
    }

    private static (GuardedFloats Memory, Matrix View) Fill(Random random, int rows, int columns, bool transpose, int gap)
    {
        (int lines, int width) = transpose ? (columns, rows) : (rows, columns);
        GuardedFloats memory = new(lines == 0 || width == 0 ? 0 : ((long)(lines - 1) * (width + gap)) + width);
        foreach (ref float value in memory.Span)
        {
            value = (2 * random.NextSingle()) - 1;
        }

        // What lies between the rows must never enter a sum.
        for (int line = 0; width > 0 && line < lines - 1; line++)
        {
            memory.Span.Slice((line * (width + gap)) + width, gap).Fill(float.NaN);
        }

        Matrix view = new(memory.Storage, lines, width, width + gap);
        return (memory, transpose ? view.Transposed : view);
    }
}
