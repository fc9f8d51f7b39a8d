using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;
using Twin = Sequor.Tensors.Cpu.Plain.PackedQuantize;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Rows of inputs as unsigned whole numbers, the offset added, and a scale each: working memory of the thread that asked for them.</summary>
internal readonly unsafe struct PackedInputs
{
    private const int Alignment = 64;

    internal readonly byte* Numbers;
    internal readonly long RowBytes;
    internal readonly float* Scales;

    /// <summary>Makes room for some rows.</summary>
    internal PackedInputs(int rows, int columns, int bytesPerNumber)
    {
        // Whole lines, so that a step of any width ends within the row.
        RowBytes = (((long)columns * bytesPerNumber) + Alignment - 1) / Alignment * Alignment;
        long scales = (((long)rows * sizeof(float)) + Alignment - 1) / Alignment * Alignment;
        Scales = Scratch.Floats(ScratchPlace.PackedInputs, (scales + (rows * RowBytes)) / sizeof(float));
        Numbers = (byte*)Scales + scales;
    }
}

/// <summary>Quantises rows of inputs: a pass for the greatest magnitude, a pass that rounds.</summary>
internal static unsafe class PackedQuantize
{
    private const int Step = 16;
    private const int FloatsPerItem = 8 * 1024;

    /// <summary>Quantises every row of a matrix.</summary>
    internal static void Rows(WorkerPool pool, in Matrix a, WeightType type, bool wide, in PackedInputs inputs)
    {
        int rowsPerItem = Math.Max(1, FloatsPerItem / Math.Max(1, a.Columns));
        pool.Run(new Work(a, type, wide, inputs, rowsPerItem), (a.Rows + rowsPerItem - 1) / rowsPerItem);
    }

    /// <summary>Quantises a row of weights.</summary>
    /// <param name="row">The numbers.</param>
    /// <param name="columns">How many.</param>
    /// <param name="type">The type of integers.</param>
    /// <param name="to">Where the whole numbers go, without an offset; room for a multiple of 16 of them.</param>
    /// <returns>The scale.</returns>
    internal static float Signed(float* row, int columns, WeightType type, sbyte* to)
    {
        float scale = Row(row, columns, type, wide: false, (byte*)to);
        Vector128<byte> offset = Vector128.Create((byte)WeightTypes.OffsetOf(type));
        for (int i = 0; i < columns; i += Step)
        {
            (Vector128.Load((byte*)to + i) - offset).Store((byte*)to + i);
        }

        return scale;
    }

    /// <summary>Quantises a row.</summary>
    /// <param name="row">The numbers.</param>
    /// <param name="columns">How many.</param>
    /// <param name="type">The type of integers.</param>
    /// <param name="wide">Whether the whole numbers take 16 bits instead of 8.</param>
    /// <param name="to">Where they go; room for a multiple of 16 of them.</param>
    /// <returns>The scale.</returns>
    private static float Row(float* row, int columns, WeightType type, bool wide, byte* to)
    {
        int most = WeightTypes.MostOf(type);
        float magnitude = Magnitude(row, columns);
        float factor = magnitude >= Twin.LeastMagnitude && float.IsFinite(magnitude) ? most / magnitude : 0;
        int whole = columns / Step * Step;
        for (int i = 0; i < whole; i += Step)
        {
            Round(row + i, factor, most + 1, wide, to + (wide ? 2 * i : i));
        }

        if (whole < columns)
        {
            float* rest = stackalloc float[Step];
            new ReadOnlySpan<float>(row + whole, columns - whole).CopyTo(new Span<float>(rest, Step));
            Round(rest, factor, most + 1, wide, to + (wide ? 2 * whole : whole));
        }

        return !float.IsFinite(magnitude) ? float.NaN : factor == 0 ? 0 : magnitude / most;
    }

    /// <summary>The greatest magnitude, as bits without their sign: infinity and NaN are above all numbers.</summary>
    private static float Magnitude(float* row, int columns)
    {
        int greatest = 0;
        int i = 0;
        if (InstructionPaths.Use512)
        {
            Vector512<int> mask = Vector512.Create(int.MaxValue);
            Vector512<int> most0 = Vector512<int>.Zero, most1 = most0, most2 = most0, most3 = most0;
            for (; i <= columns - 64; i += 64)
            {
                most0 = Vector512.Max(most0, Vector512.Load((int*)row + i) & mask);
                most1 = Vector512.Max(most1, Vector512.Load((int*)row + i + 16) & mask);
                most2 = Vector512.Max(most2, Vector512.Load((int*)row + i + 32) & mask);
                most3 = Vector512.Max(most3, Vector512.Load((int*)row + i + 48) & mask);
            }

            most0 = Vector512.Max(Vector512.Max(most0, most1), Vector512.Max(most2, most3));
            greatest = Greatest(Vector256.Max(most0.GetLower(), most0.GetUpper()));
        }
        else
        {
            Vector256<int> mask = Vector256.Create(int.MaxValue);
            Vector256<int> most0 = Vector256<int>.Zero, most1 = most0;
            for (; i <= columns - 16; i += 16)
            {
                most0 = Vector256.Max(most0, Vector256.Load((int*)row + i) & mask);
                most1 = Vector256.Max(most1, Vector256.Load((int*)row + i + 8) & mask);
            }

            greatest = Greatest(Vector256.Max(most0, most1));
        }

        for (; i < columns; i++)
        {
            greatest = Math.Max(greatest, ((int*)row)[i] & int.MaxValue);
        }

        return BitConverter.Int32BitsToSingle(greatest);
    }

    private static int Greatest(Vector256<int> vector)
    {
        Vector128<int> four = Vector128.Max(vector.GetLower(), vector.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    /// <summary>Sixteen numbers times a factor, to the nearest, ties to even, plus the offset. Without a factor everything is 0, what is not finite too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(float* from, float factor, int offset, bool wide, byte* to)
    {
        Vector128<byte> bytes;
        if (factor == 0)
        {
            bytes = Vector128.Create((byte)offset);
        }
        else if (InstructionPaths.Use512)
        {
            Vector512<int> integers = Avx512F.ConvertToVector512Int32(Vector512.Load(from) * Vector512.Create(factor));
            bytes = Avx512F.ConvertToVector128Byte((integers + Vector512.Create(offset)).AsUInt32());
        }
        else
        {
            Vector128<short> low = Vector128.Narrow(Integers(from, factor, offset), Integers(from + 4, factor, offset));
            Vector128<short> high = Vector128.Narrow(Integers(from + 8, factor, offset), Integers(from + 12, factor, offset));
            bytes = Vector128.Narrow(low, high).AsByte();
        }

        if (wide)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(bytes);
            low.Store((ushort*)to);
            high.Store((ushort*)to + 8);
        }
        else
        {
            bytes.Store(to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Integers(float* from, float factor, int offset) =>
        Vector128.ConvertToInt32(Vector128.Round(Vector128.Load(from) * Vector128.Create(factor))) + Vector128.Create(offset);

    private readonly struct Work(in Matrix a, WeightType type, bool wide, in PackedInputs inputs, int rowsPerItem) : IWork
    {
        private readonly Matrix _a = a;
        private readonly PackedInputs _inputs = inputs;

        public void Run(int item)
        {
            int end = Math.Min(_a.Rows, (item + 1) * rowsPerItem);
            for (int row = item * rowsPerItem; row < end; row++)
            {
                float* from = (float*)_a.Storage.Address + (row * _a.RowStride);
                _inputs.Scales[row] = Row(from, _a.Columns, type, wide, _inputs.Numbers + (row * _inputs.RowBytes));
            }
        }
    }
}
