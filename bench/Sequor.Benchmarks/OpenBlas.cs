using System.Runtime.InteropServices;

namespace Sequor.Benchmarks;

/// <summary>OpenBLAS, where this machine has it, multiplying the same shapes. Never in one process with our own threads: its own spin on after a call.</summary>
internal sealed unsafe class OpenBlas : IDisposable
{
    /// <summary>Variables that bind OpenBLAS to older processors and smaller caches than this one.</summary>
    internal static readonly string[] Handicaps = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"];

    private const int RowMajor = 101;
    private const int AsItIs = 111;
    private const int Transposed = 112;

    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _multiply;
    private readonly GemmOperands _operands;

    private OpenBlas(nint library, GemmShape shape, int threads)
    {
        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(threads);
        _multiply = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        _operands = new GemmOperands(shape);
    }

    /// <summary>The library, where there is one.</summary>
    internal static bool TryLoad(out nint library) => NativeLibrary.TryLoad("libopenblas.so.0", out library) || NativeLibrary.TryLoad("libopenblas", out library);

    internal static OpenBlas Prepare(nint library, GemmShape shape, int threads) => new(library, shape, threads);

    /// <summary>The whole piece of work once.</summary>
    internal void Multiply()
    {
        GemmShape shape = _operands.Shape;
        float* a = (float*)_operands.A.Storage.Address;
        float* b = (float*)_operands.B.Storage.Address;
        float* c = (float*)_operands.C.Storage.Address;
        for (int batch = 0; batch < shape.Batches; batch++)
        {
            _multiply(
                RowMajor, shape.TransposeA ? Transposed : AsItIs, shape.TransposeB ? Transposed : AsItIs, shape.M, shape.N, shape.K,
                1, a, shape.TransposeA ? shape.M : shape.K, b, shape.TransposeB ? shape.K : shape.N, shape.Accumulates ? 1 : 0, c, shape.N);
        }
    }

    public void Dispose() => _operands.Dispose();
}
