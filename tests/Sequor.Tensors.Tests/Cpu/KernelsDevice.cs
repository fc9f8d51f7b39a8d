using Sequor.Tensors.Cpu;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>The processor with given kernels, so that whole ops can be compared on one and two threads without touching the shared pool.</summary>
internal sealed class KernelsDevice(IKernels kernels) : Device
{
    public override string Description => "cpu, for a test";

    public override string InstructionSet => CpuDevice.Shared.InstructionSet;

    public override int Threads => CpuDevice.Shared.Threads;

    public override IKernels Kernels => kernels;

    internal override nint Allocate(long bytes) => CpuDevice.Shared.Allocate(bytes);

    internal override void Free(nint address, long bytes) => CpuDevice.Shared.Free(address, bytes);

    internal override void Upload<T>(ReadOnlySpan<T> from, Storage<T> to) => CpuDevice.Shared.Upload(from, to);

    internal override void Download<T>(Storage<T> from, Span<T> to) => CpuDevice.Shared.Download(from, to);
}
