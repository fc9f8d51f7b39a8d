using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks.Packed;

/// <summary>The weights of a shape, packed, ready to be multiplied by some rows again and again.</summary>
internal sealed class PackedRun : IDisposable
{
    private readonly List<GemmBlock> _blocks = [];
    private readonly List<PackedMatrix> _weights = [];
    private readonly WorkerPool _pool;
    private readonly SimdKernels _kernels;
    private readonly GemmBlock _inputs;
    private readonly GemmBlock _results;
    private readonly int _rows;

    internal PackedRun(PackedShape shape, WeightType type, int rows, int threads)
    {
        _pool = new WorkerPool(threads);
        _kernels = new SimdKernels(InstructionPaths.Chosen, _pool);
        _rows = rows;
        _inputs = new GemmBlock((long)rows * shape.Weights.Max(weight => weight.K));
        _results = new GemmBlock((long)rows * shape.Weights.Max(weight => weight.N));
        using GemmBlock numbers = new(shape.Weights.Max(weight => (long)weight.N * weight.K));

        // As a model holds them: one after the other in one block.
        long bytes = shape.Weights.Sum(weight => Aligned(_kernels.PackedBytes(type, weight.N, weight.K)));
        Storage<float> all = New(bytes / sizeof(float));
        long start = 0;
        foreach ((int n, int k) in shape.Weights)
        {
            long length = _kernels.PackedBytes(type, n, k);
            int padded = WeightTypes.IsInteger(type) ? PackedMatrix.PaddedRows(n) : 0;
            PackedMatrix packed = new(
                type, n, k, new Storage<byte>(all.Address + (nint)start, length), padded == 0 ? default : New(padded),
                padded == 0 ? default : new Storage<int>(New(padded).Address, padded));
            Fill(packed, numbers);
            _weights.Add(packed);
            start += Aligned(length);
        }
    }

    /// <summary>The bytes of weights that are read.</summary>
    internal long Bytes => _weights.Sum(weight => weight.Bytes);

    /// <summary>Every product once.</summary>
    internal void Multiply()
    {
        foreach (PackedMatrix weight in _weights)
        {
            Matrix a = new(_inputs.Storage, _rows, weight.Columns);
            Matrix c = new(_results.Storage, _rows, weight.Rows);
            _kernels.MatMulPacked(a, weight, c, accumulate: false, default);
        }
    }

    public void Dispose()
    {
        _pool.Threads = 1;
        _inputs.Dispose();
        _results.Dispose();
        foreach (GemmBlock block in _blocks)
        {
            block.Dispose();
        }
    }

    private static long Aligned(long bytes) => (bytes + 63) / 64 * 64;

    private Storage<float> New(long count)
    {
        _blocks.Add(new GemmBlock(count));
        return _blocks[^1].Storage;
    }

    private void Fill(in PackedMatrix packed, GemmBlock numbers) =>
        _kernels.PackWeight(new Matrix(numbers.Storage, packed.Rows, packed.Columns), packed);
}
