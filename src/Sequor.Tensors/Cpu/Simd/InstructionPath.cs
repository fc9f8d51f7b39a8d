using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>The vector widths for which kernels exist, narrowest first.</summary>
internal enum InstructionPath
{
    /// <summary>128 bits, on every processor.</summary>
    Vector128,

    /// <summary>256 bits with fused multiply-add.</summary>
    Avx2,

    /// <summary>512 bits.</summary>
    Avx512,
}

/// <summary>Which path this process takes. It is settled once, so that every kernel agrees and the branches on it vanish in compiled code.</summary>
internal static class InstructionPaths
{
    /// <summary>The environment variable that asks for a path: <c>plain</c>, <c>vector128</c>, <c>avx2</c> or <c>avx512</c>.</summary>
    internal const string Variable = "SEQUOR_KERNELS";

    /// <summary>The path of this process's SIMD kernels. A wish that cannot be met counts as none here; <see cref="CpuKernels.Choose"/> refuses it in words.</summary>
    internal static readonly InstructionPath Chosen =
        TryParse(Environment.GetEnvironmentVariable(Variable), out InstructionPath wish) && IsSupported(wish) ? wish : Best;

    /// <summary>Whether 512-bit vectors are to be used.</summary>
    internal static bool Use512 => Vector512.IsHardwareAccelerated && Chosen == InstructionPath.Avx512;

    /// <summary>Whether 256-bit vectors are to be used (where 512-bit ones are not).</summary>
    internal static bool Use256 => Vector256.IsHardwareAccelerated && Chosen >= InstructionPath.Avx2;

    /// <summary>The widest path of this processor, as this process sees it.</summary>
    internal static InstructionPath Best =>
        IsSupported(InstructionPath.Avx512) ? InstructionPath.Avx512 :
        IsSupported(InstructionPath.Avx2) ? InstructionPath.Avx2 : InstructionPath.Vector128;

    /// <summary>Whether this processor can run a path.</summary>
    internal static bool IsSupported(InstructionPath path) => path switch
    {
        InstructionPath.Avx512 => Vector512.IsHardwareAccelerated && Avx512F.VL.IsSupported && Avx512DQ.VL.IsSupported && Fma.IsSupported,
        InstructionPath.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        _ => true,
    };

    /// <summary>The path's name, as users write it.</summary>
    internal static string NameOf(InstructionPath path) => path switch
    {
        InstructionPath.Avx512 => "avx512",
        InstructionPath.Avx2 => "avx2",
        _ => "vector128",
    };

    /// <summary>Reads a path's name.</summary>
    internal static bool TryParse(string? name, out InstructionPath path)
    {
        foreach (InstructionPath known in (ReadOnlySpan<InstructionPath>)[InstructionPath.Vector128, InstructionPath.Avx2, InstructionPath.Avx512])
        {
            if (string.Equals(name, NameOf(known), StringComparison.OrdinalIgnoreCase))
            {
                path = known;
                return true;
            }
        }

        path = default;
        return false;
    }
}
