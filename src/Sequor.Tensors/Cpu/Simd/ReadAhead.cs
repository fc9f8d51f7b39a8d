using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sequor.Tensors.Cpu.Simd;

/// <summary>Asking for memory before it is needed, which changes no bits. Any address may be asked for.</summary>
internal static unsafe class ReadAhead
{
    /// <summary>Asks for a run of bytes to be brought into the first cache.</summary>
    internal static void AskFor(byte* first, int bytes)
    {
        if (Sse.IsSupported)
        {
            for (int i = 0; i < bytes; i += 64)
            {
                Sse.Prefetch0(first + i);
            }
        }
    }

    /// <summary>Asks for one line or two to be brought into the first cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AskForLines(byte* address, int lines)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
            if (lines > 1)
            {
                Sse.Prefetch0(address + 64);
            }
        }
    }

    /// <summary>Asks for two lines of each of some rows to be brought into the first cache.</summary>
    internal static void AskForRows(byte* first, int rows, long step)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (; rows > 0; rows--)
        {
            Sse.Prefetch0(first);
            Sse.Prefetch0(first + 64);
            first += step;
        }
    }
}

/// <summary>Whether a kernel asks for what comes next while it works. Asking changes no bits.</summary>
internal unsafe interface IReadAhead
{
    /// <summary>Asks for the memory at an address, and the line behind it, to be brought near; then goes a step on.</summary>
    static abstract void Ask(ref byte* address, long step);
}

/// <summary>Asks for nothing.</summary>
internal readonly unsafe struct NoReadAhead : IReadAhead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(ref byte* address, long step)
    {
    }
}

/// <summary>Asks for two lines for each term, into the first cache: for what is read soon and once.</summary>
internal readonly unsafe struct TwoLinesSoon : IReadAhead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(ref byte* address, long step)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + 64);
            address += step;
        }
    }
}

/// <summary>Asks for two lines for each term.</summary>
internal readonly unsafe struct TwoLinesAhead : IReadAhead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(ref byte* address, long step)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
            Sse.Prefetch1(address + 64);
            address += step;
        }
    }
}
