using System.Diagnostics;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Timing;

/// <summary>How fast a device multiplies matrices of a shape that suits it: the roof under which all work with products stays.</summary>
public static class ProductPeak
{
    private const int Rows = 768;
    private const int Columns = 768;
    private const int Inner = 768;

    /// <summary>Multiplies matrices again and again.</summary>
    /// <param name="device">Where, with the threads it has.</param>
    /// <param name="seconds">For how long, above 0. Default 1.</param>
    /// <returns>Floating-point operations per second in the best tenth of a second.</returns>
    public static double Measure(Device device, double seconds = 1)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        IKernels kernels = device.Kernels;
        Tensor a = Filled([Rows, Inner], device);
        Tensor b = Filled([Inner, Columns], device);
        Tensor c = Tensor.Zeros([Rows, Columns], device);
        long length = kernels.PackedLength(Inner, Columns);
        Tensor packed = Tensor.Zeros([checked((int)length)], device);
        kernels.Pack(b.AsMatrix(), packed.Storage);

        double best = 0;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds)
        {
            best = Math.Max(best, Burst(kernels, a.AsMatrix(), packed, c.AsMatrix(), Math.Min(0.1, seconds)));
        }

        GC.KeepAlive(a.Owner);
        GC.KeepAlive(c.Owner);
        GC.KeepAlive(packed.Owner);
        return best;
    }

    private static double Burst(IKernels kernels, in Matrix a, Tensor packed, in Matrix c, double seconds)
    {
        long begin = Stopwatch.GetTimestamp();
        long products = 0;
        double taken;
        do
        {
            kernels.MatMulPacked(a, packed.Storage, c, false, default);
            products++;
            taken = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }
        while (taken < seconds);
        return products * 2.0 * Rows * Columns * Inner / taken;
    }

    private static Tensor Filled(Shape shape, Device device)
    {
        Tensor tensor = Tensor.Zeros(shape, device);
        device.Kernels.Fill(tensor.Storage, 0.5f);
        return tensor;
    }
}
