using Sequor.Tensors.Autograd;
using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>A weight and rows to multiply with it, packed by some kernels and by the plain loops.</summary>
internal sealed class PackedWeightCase : IDisposable
{
    private readonly MatMulCase _operands;
    private readonly List<PackedWeight> _packed = [];

    /// <summary>Fills operands with numbers between -1 and 1, transposed gaps included.</summary>
    internal PackedWeightCase(int m, int n, int k, int gap = 0)
    {
        _operands = new MatMulCase(m, n, k, gap: gap);
        Random random = new((((m * 1009) + n) * 1013) + k);
        float[] weight = new float[n * k];
        for (int i = 0; i < weight.Length; i++)
        {
            weight[i] = (2 * random.NextSingle()) - 1;
        }

        Weight = weight;
        (M, N, K) = (m, n, k);
    }

    internal int M { get; }

    internal int N { get; }

    internal int K { get; }

    /// <summary>[N, K].</summary>
    internal float[] Weight { get; }

    internal Matrix A => _operands.A;

    internal Storage<float> Bias => _operands.Bias;

    public void Dispose()
    {
        _operands.Dispose();
        _packed.ForEach(one => one.Dispose());
    }

    internal PackedWeight Pack(IKernels kernels, WeightType type)
    {
        PackedWeight packed = PackedWeight.Allocate(type, N, K, new KernelsDevice(kernels));
        packed.PackRows(0, Weight);
        _packed.Add(packed);
        return packed;
    }

    /// <summary>The bits of the result.</summary>
    internal int[] Result(IKernels kernels, WeightType type, bool accumulate, Activation activation = Activation.None, bool bias = false)
    {
        PackedMatrix packed = Pack(kernels, type).Matrix;
        var epilogue = new Epilogue(bias ? Bias : default, activation);
        return _operands.Result(c => kernels.MatMulPacked(A, packed, c, accumulate, epilogue));
    }

    internal static IKernels KernelsOf(string path, int threads = 1)
    {
        Assert.True(InstructionPaths.TryParse(path, out InstructionPath parsed));
        return new SimdKernels(parsed, new WorkerPool(threads));
    }
}
