using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

/// <summary>
/// Another device whose kernels can be timed. Models made on it know nothing of it, and every number has the same bits. While no timing runs
/// the kernels are the other device's own, so that it costs nothing then. One thread at a time may compute while timing runs.
/// </summary>
public sealed class TimedDevice : Device
{
    private readonly Device _device;
    private readonly KernelClock _clock;
    private readonly TimedKernels _timed;
    private IKernels _kernels;

    internal TimedDevice(Device device)
    {
        _device = device;
        _clock = new KernelClock();
        _timed = new TimedKernels(device, _clock);
        _kernels = device.Kernels;
    }

    /// <inheritdoc/>
    public override string Description => _device.Description;

    /// <inheritdoc/>
    public override string InstructionSet => _device.InstructionSet;

    /// <inheritdoc/>
    public override string ProductInstructions(WeightType type) => _device.ProductInstructions(type);

    /// <inheritdoc/>
    public override int Threads => _device.Threads;

    /// <inheritdoc/>
    public override IKernels Kernels => _kernels;

    /// <summary>Forgets what was timed before and begins.</summary>
    public void StartTiming()
    {
        _kernels = _timed;
        _clock.Restart();
    }

    /// <summary>Ends the timing.</summary>
    /// <returns>Where the time since <see cref="StartTiming"/> has gone; all zeros when it was never called.</returns>
    public KernelTimes StopTiming()
    {
        KernelTimes times = _clock.Read();
        _kernels = _device.Kernels;
        return times;
    }

    internal override nint Allocate(long bytes) => _device.Allocate(bytes);

    internal override void Free(nint address, long bytes) => _device.Free(address, bytes);

    internal override void Upload<T>(ReadOnlySpan<T> from, Storage<T> to) => _device.Upload(from, to);

    internal override void Download<T>(Storage<T> from, Span<T> to) => _device.Download(from, to);
}
