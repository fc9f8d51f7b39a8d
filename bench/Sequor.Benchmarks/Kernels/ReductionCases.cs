using System.Numerics.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks.Kernels;

/// <summary>Many numbers to few, and rows to other places.</summary>
internal static class ReductionCases
{
    private const int Rows = 4000;
    private const long Count = 1 << 20;

    /// <summary>The cases.</summary>
    internal static IReadOnlyList<KernelCase> All { get; } =
    [
        ColumnSums(128),
        ColumnSums(1024),
        new("row sums", $"[{Rows}, 128]", Rows * 128, Rows * 128 * sizeof(float), o =>
        {
            (Matrix x, Storage<float> sums) = (o.Rows(Rows, 128), o.Numbers(Rows));
            return new(k => k.RowSums(x, sums, false));
        }),
        Whole("sum", (k, x) => k.Sum(x), x => TensorPrimitives.Sum<float>(x.Span)),
        Whole("sum of squares", (k, x) => k.SumOfSquares(x), x => TensorPrimitives.SumOfSquares<float>(x.Span)),
        Whole("count of non-finite", (k, x) => k.CountNonFinite(x), null),
        Copy("copy of columns", transpose: false),
        Copy("transpose", transpose: true),
    ];

    private static KernelCase ColumnSums(int width) =>
        new("column sums", $"[{Rows}, {width}]", (long)Rows * width, (long)Rows * width * sizeof(float), o =>
        {
            (Matrix x, Storage<float> sums) = (o.Rows(Rows, width), o.Numbers(width));
            return new(k => k.ColumnSums(x, sums, false));
        });

    private static KernelCase Whole(string name, Action<IKernels, Storage<float>> run, Action<Storage<float>>? primitives) =>
        new(name, $"[{Count}]", Count, Count * sizeof(float), o =>
        {
            Storage<float> x = o.Numbers(Count);
            return new(k => run(k, x), primitives is null ? null : () => primitives(x));
        });

    private static KernelCase Copy(string name, bool transpose) =>
        new(name, $"[{Rows}, 128]", Rows * 128, 2 * Rows * 128 * sizeof(float), o =>
        {
            Matrix from = o.Rows(Rows, 384).ColumnRange(128, 128);
            Matrix to = transpose ? o.Rows(128, Rows).Transposed : o.Rows(Rows, 128);
            return new(k => k.CopyMatrix(from, to, false));
        });
}
