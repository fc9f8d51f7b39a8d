using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The instructions that can multiply and add up whole numbers exactly.</summary>
internal enum PackedDots
{
    /// <summary>Weights widened to 16 bits; any processor.</summary>
    Wide128,

    /// <summary>The same in 256 bits (AVX2).</summary>
    Wide256,

    /// <summary>The same in 512 bits (AVX-512BW).</summary>
    Wide512,

    /// <summary>One instruction for four terms (AVX-VNNI), 256 bits.</summary>
    Vnni256,

    /// <summary>Sums of four products in 16 bits, for weights of seven bits (SSSE3).</summary>
    Seven128,

    /// <summary>The same in 256 bits (AVX2).</summary>
    Seven256,

    /// <summary>The same in 512 bits (AVX-512BW).</summary>
    Seven512,
}

/// <summary>The micro-kernels for one set of instructions, and what they ask of their inputs. Filled once per process, and never freed.</summary>
internal sealed unsafe class PackedMatMulTable
{
    private static readonly PackedMatMulTable?[] Tables = new PackedMatMulTable?[7];

    private readonly delegate*<in PackedTile, void>* _kernels;

    private PackedMatMulTable(PackedDots dots)
    {
        _kernels = (delegate*<in PackedTile, void>*)NativeMemory.Alloc(PackedMatMulKernels.MaximumRows, (nuint)sizeof(nint));
        PackedMatMulKernels.Fill(dots, _kernels);
        Dots = dots;
        HasWideInputs = dots <= PackedDots.Wide512;
        Outputs = dots switch
        {
            PackedDots.Wide128 or PackedDots.Seven128 => 4,
            PackedDots.Wide256 or PackedDots.Seven256 => 8,
            _ => PackedMatrix.IntegerPanel,
        };
        bool manyRegisters = Avx512F.VL.IsSupported && Outputs > 4;
        MaximumRows = manyRegisters ? PackedMatMulKernels.MaximumRows : PackedMatMulKernels.MaximumRowsOfFewRegisters;
    }

    /// <summary>The instructions.</summary>
    internal PackedDots Dots { get; }

    /// <summary>Whether inputs are 16 bits wide instead of 8.</summary>
    internal bool HasWideInputs { get; }

    /// <summary>Outputs of a kernel.</summary>
    internal int Outputs { get; }

    /// <summary>The most rows whose sums fit into the registers.</summary>
    internal int MaximumRows { get; }

    /// <summary>The table of a path for a type of integers.</summary>
    internal static PackedMatMulTable Of(InstructionPath path, WeightType type) => Of(Best(path, type));

    /// <summary>The instructions in words that users know.</summary>
    internal static string NameOf(PackedDots dots) => dots switch
    {
        PackedDots.Vnni256 => "avx-vnni",
        PackedDots.Wide512 => "avx512bw, widened to 16 bits",
        PackedDots.Wide256 => "avx2, widened to 16 bits",
        PackedDots.Wide128 => "vector128, widened to 16 bits",
        PackedDots.Seven512 => "avx512bw, sums of 7-bit products",
        PackedDots.Seven256 => "avx2, sums of 7-bit products",
        _ => "ssse3, sums of 7-bit products",
    };

    /// <summary>The table for some instructions.</summary>
    internal static PackedMatMulTable Of(PackedDots dots)
    {
        // Two threads may both fill one; the tables are equal.
        ref PackedMatMulTable? table = ref Tables[(int)dots];
        return Volatile.Read(ref table) ?? (table = new PackedMatMulTable(dots));
    }

    /// <summary>The fastest instructions of a path for a type of integers.</summary>
    internal static PackedDots Best(InstructionPath path, WeightType type)
    {
        PackedDots wide = path switch
        {
            InstructionPath.Avx512 when IsSupported(PackedDots.Wide512) => PackedDots.Wide512,
            InstructionPath.Vector128 => PackedDots.Wide128,
            _ => PackedDots.Wide256,
        };
        PackedDots seven = wide - PackedDots.Wide128 + PackedDots.Seven128;
        if (type == WeightType.Int7 && seven == PackedDots.Seven512)
        {
            return seven;
        }

        return path != InstructionPath.Vector128 && IsSupported(PackedDots.Vnni256) ? PackedDots.Vnni256
            : type == WeightType.Int7 && IsSupported(seven) ? seven
            : wide;
    }

    /// <summary>Whether this processor, as this process sees it, has the instructions.</summary>
    internal static bool IsSupported(PackedDots dots) => dots switch
    {
        PackedDots.Wide256 or PackedDots.Seven256 => Avx2.IsSupported,
        PackedDots.Wide512 or PackedDots.Seven512 => Avx512BW.IsSupported,
        PackedDots.Vnni256 => AvxVnni.IsSupported,
        PackedDots.Seven128 => Ssse3.IsSupported,
        _ => true,
    };

    /// <summary>Whether the instructions are exact for a type of integers.</summary>
    internal static bool IsExact(PackedDots dots, WeightType type) => type == WeightType.Int7 || dots < PackedDots.Seven128;

    /// <summary>The kernel for a number of rows, 1 to <see cref="MaximumRows"/>.</summary>
    internal delegate*<in PackedTile, void> Kernel(int rows) => _kernels[rows - 1];
}
