using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Whether a kernel asks for the next panel while it works on this one. Asking changes no bits.</summary>
internal unsafe interface IReadAhead
{
    /// <summary>Asks for the memory at an address, and the line behind it, to be brought near.</summary>
    static abstract void Ask(byte* address);
}

/// <summary>Asks for nothing: the right-hand side is near already, and asking would cost a few percent.</summary>
internal readonly unsafe struct NoReadAhead : IReadAhead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(byte* address)
    {
    }
}

/// <summary>For right-hand sides too large for the second cache, whose rows lie too far apart for the processor to guess the next.</summary>
internal readonly unsafe struct NextPanelAhead : IReadAhead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(byte* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
            Sse.Prefetch1(address + 64);
        }
    }
}
