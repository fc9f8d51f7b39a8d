using Sequor.Tensors.Kernels;

namespace Sequor.Tensors;

/// <summary>Where numbers lie and are worked on. Models never name one; programs choose it at the door.</summary>
public abstract class Device
{
    /// <summary>The device used where none is named: this process's processor, with all the threads it may use.</summary>
    public static Device Default => Cpu.CpuDevice.Shared;

    /// <summary>What the device is and which instruction path runs, such as <c>cpu (AVX-512, 2 threads)</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The name of the instruction path, recorded with results whose bits depend on it, such as <c>avx512</c>.</summary>
    public abstract string InstructionSet { get; }

    /// <summary>What multiplies by packed weights of a type: of integers the instructions, such as <c>avx-vnni</c>; otherwise the instruction path.</summary>
    /// <param name="type">How the weights are held.</param>
    public virtual string ProductInstructions(WeightType type) => InstructionSet;

    /// <summary>How many threads of the processor work for the device; 0 where that has no meaning.</summary>
    public abstract int Threads { get; }

    /// <summary>The work the device can do.</summary>
    public abstract IKernels Kernels { get; }

    /// <summary>This device with a clock around its kernels, for finding where the time goes. Models are made on the result as on any device.</summary>
    public Timing.TimedDevice Timed() => new(this);

    /// <summary>Takes memory, aligned to 64 bytes or more; its contents are undefined.</summary>
    /// <param name="bytes">1 or more.</param>
    /// <exception cref="OutOfMemoryException">The device has not enough memory.</exception>
    internal abstract nint Allocate(long bytes);

    /// <summary>Gives memory back.</summary>
    /// <param name="address">What <see cref="Allocate"/> returned.</param>
    /// <param name="bytes">The size that was asked for.</param>
    internal abstract void Free(nint address, long bytes);

    /// <summary>Copies from managed memory to the device.</summary>
    internal abstract void Upload<T>(ReadOnlySpan<T> from, Memory.Storage<T> to)
        where T : unmanaged;

    /// <summary>Copies from the device to managed memory.</summary>
    internal abstract void Download<T>(Memory.Storage<T> from, Span<T> to)
        where T : unmanaged;
}
