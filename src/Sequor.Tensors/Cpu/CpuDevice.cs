using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Cpu;

/// <summary>The processor as a device.</summary>
public sealed class CpuDevice : Device
{
    private static readonly Lazy<CpuDevice> SharedDevice = new(() => new CpuDevice(CpuKernels.Choose()));

    private readonly CpuKernels _kernels;

    private CpuDevice(CpuKernels kernels) => _kernels = kernels;

    /// <summary>The one processor device of this process. Its worker pool has as many threads as <see cref="WorkerPool.Threads"/> says.</summary>
    public static CpuDevice Shared => SharedDevice.Value;

    /// <summary>The plain loops on one thread: the definitions against which every other path is compared.</summary>
    public static CpuDevice Plain { get; } = new(CpuKernels.Plain);

    /// <inheritdoc/>
    public override string Description => $"cpu ({_kernels.Name}, {WorkerPool.Shared.Threads} threads)";

    /// <inheritdoc/>
    public override string InstructionSet => _kernels.Name;

    /// <inheritdoc/>
    public override string ProductInstructions(WeightType type) => _kernels.ProductInstructions(type);

    /// <inheritdoc/>
    public override int Threads => WorkerPool.Shared.Threads;

    /// <inheritdoc/>
    public override IKernels Kernels => _kernels.Kernels;

    internal override nint Allocate(long bytes) => AlignedMemory.Allocate(bytes);

    internal override void Free(nint address, long bytes) => AlignedMemory.Free(address, bytes);

    internal override void Upload<T>(ReadOnlySpan<T> from, Storage<T> to) => from.CopyTo(to.Span);

    internal override void Download<T>(Storage<T> from, Span<T> to) => from.Span.CopyTo(to);
}
