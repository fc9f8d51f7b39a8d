using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Timing;

/// <summary>The kernels of a device with a clock around each; the numbers are the device's own.</summary>
internal sealed partial class TimedKernels : IKernels
{
    private readonly Device _device;
    private readonly IKernels _kernels;
    private readonly KernelClock _clock;
    private int[] _queryLengths = new int[256];
    private int[] _keyLengths = new int[256];

    internal TimedKernels(Device device, KernelClock clock) => (_device, _kernels, _clock) = (device, device.Kernels, clock);

    private static long Count(in Matrix matrix) => (long)matrix.Rows * matrix.Columns;

    /// <summary>Numbers of a result that is replaced, or read and replaced.</summary>
    private static long Written(Storage<float> result, bool accumulate) => accumulate ? 2 * result.Length : result.Length;

    private static long Written(in Matrix result, bool accumulate) => accumulate ? 2 * Count(result) : Count(result);
}
