namespace Sequor.Tensors.Memory;

/// <summary>Who borrows a thread's scratch memory. Kernels that call each other use different places, so that neither writes over the other.</summary>
internal enum ScratchPlace
{
    /// <summary>A right-hand side that a product has transposed.</summary>
    MatMulPanels,

    /// <summary>The scores, weights and transposes of attention.</summary>
    Attention,

    /// <summary>Anything within one kernel that calls no other.</summary>
    Kernel,

    /// <summary>Rows of inputs as whole numbers.</summary>
    PackedInputs,
}

/// <summary>Working memory of a thread: it grows to the largest need, is never cleared, and goes when the thread ends.</summary>
internal sealed unsafe class Scratch
{
    private const int Places = 4;

    [ThreadStatic]
    private static Scratch? _ofThread;

    private readonly nint[] _addresses = new nint[Places];
    private readonly long[] _lengths = new long[Places];

    /// <summary>Frees the memory of a thread that has ended.</summary>
    ~Scratch()
    {
        for (int place = 0; place < Places; place++)
        {
            Free(place);
        }
    }

    /// <summary>Borrows this thread's memory until the next call with the same place; aligned to 64 bytes, contents undefined.</summary>
    /// <param name="place">The borrower.</param>
    /// <param name="floats">How many numbers are needed at least, 0 or more.</param>
    internal static float* Floats(ScratchPlace place, long floats)
    {
        Scratch scratch = _ofThread ??= new Scratch();
        return scratch._lengths[(int)place] >= Math.Max(1, floats) ? (float*)scratch._addresses[(int)place] : scratch.Grow((int)place, floats);
    }

    private float* Grow(int place, long floats)
    {
        // Half as much again, so that slowly growing needs do not reallocate each time.
        long length = Math.Max(Math.Max(floats, 1024), _lengths[place] * 3 / 2);
        Free(place);
        _addresses[place] = AlignedMemory.Allocate(length * sizeof(float));
        _lengths[place] = length;
        return (float*)_addresses[place];
    }

    private void Free(int place)
    {
        if (_lengths[place] > 0)
        {
            AlignedMemory.Free(_addresses[place], _lengths[place] * sizeof(float));
        }

        (_addresses[place], _lengths[place]) = (0, 0);
    }
}
