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

    /// <summary>Asks for a line, or for two that lie a step apart, to be brought into the first cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AskFor(byte* address, long step, int lines)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
            if (lines > 1)
            {
                Sse.Prefetch0(address + step);
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

/// <summary>
/// Runs of bytes that are asked for line by line while something else is worked on: a core keeps some two dozen requests under way, and more at once would
/// hold up the work that they are to hide behind. Each run is asked for from its first byte to its last, so that the processor foresees the rest of it.
/// </summary>
internal unsafe struct LinesAhead
{
    private const int LineBytes = 64;

    private readonly long _runBytes;
    private float** _runs;
    private float** _near;
    private int _left;
    private byte* _at;
    private byte* _end;

    /// <summary>Prepares to ask for one run.</summary>
    internal LinesAhead(float* run, long bytes)
    {
        _at = (byte*)run;
        _end = _at + bytes;
    }

    /// <summary>Prepares to ask for many runs of one length.</summary>
    /// <param name="runs">Where they begin.</param>
    /// <param name="near">For each a run that has been read; what is the same in both is not asked for.</param>
    /// <param name="count">How many.</param>
    /// <param name="runBytes">The bytes of each.</param>
    internal LinesAhead(float** runs, float** near, int count, long runBytes)
    {
        _runs = runs;
        _near = near;
        _left = count;
        _runBytes = runBytes;
    }

    /// <summary>Asks for the next line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AskForOne()
    {
        if (Sse.IsSupported && (_at < _end || FindRun()))
        {
            Sse.Prefetch0(_at);
            _at += LineBytes;
        }
    }

    /// <summary>Asks for the next four lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AskForFour()
    {
        if (Sse.IsSupported && (_at < _end || FindRun()))
        {
            Sse.Prefetch0(_at);
            Sse.Prefetch0(_at + LineBytes);
            Sse.Prefetch0(_at + (2 * LineBytes));
            Sse.Prefetch0(_at + (3 * LineBytes));
            _at += 4 * LineBytes;
        }
    }

    private bool FindRun()
    {
        while (_left > 0)
        {
            _left--;
            float* run = *_runs++;
            if (run != *_near++)
            {
                _at = (byte*)run;
                _end = _at + _runBytes;
                return true;
            }
        }

        return false;
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

/// <summary>Asks for a line for each term; several terms may share one.</summary>
internal readonly unsafe struct OneLineAhead : IReadAhead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(ref byte* address, long step)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
            address += step;
        }
    }
}
