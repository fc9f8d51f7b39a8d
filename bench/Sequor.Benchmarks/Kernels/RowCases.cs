using System.Numerics.Tensors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks.Kernels;

/// <summary>Work on each row as a whole: softmax, normalisation, loss, embeddings.</summary>
internal static class RowCases
{
    private const int Rows = 4000;

    /// <summary>The cases.</summary>
    internal static IReadOnlyList<KernelCase> All { get; } =
    [
        Softmax(16_000, 14),
        Softmax(16_000, 40),
        Softmax(256, 10_000),
        Case("softmax, backward", 16_000, 14, 3, o => Three(o, 16_000 * 14, (k, y, dy, dx) => k.SoftmaxBackward(y, dy, dx, 14, false))),
        Case("log-softmax", 256, 10_000, 2, o => Two(o, 2_560_000, (k, x, y) => k.LogSoftmax(x, y, 10_000))),
        Case("log-softmax, backward", 256, 10_000, 3, o => Three(o, 2_560_000, (k, y, dy, dx) => k.LogSoftmaxBackward(y, dy, dx, 10_000, false))),
        BestOf(1, 10_000),
        BestOf(5, 10_000),
        BestOf(5, 32_000),
        LayerNorm(128),
        LayerNorm(512),
        LayerNormBackward(128),
        LayerNormBackward(512),
        Case("rms norm", Rows, 256, 2, o =>
        {
            (Storage<float> x, Storage<float> gain, Storage<float> y, Storage<float> statistics) =
                (o.Numbers(Rows * 256), o.Numbers(256), o.Numbers(Rows * 256), o.Numbers(Rows));
            return new(k => k.RmsNorm(x, gain, 1e-5f, y, statistics, 256));
        }),
        Case("rms norm, backward", Rows, 256, 3, o =>
        {
            (Storage<float> x, Storage<float> gain, Storage<float> dy) = (o.Numbers(Rows * 256), o.Numbers(256), o.Numbers(Rows * 256));
            (Storage<float> dx, Storage<float> dgain, Storage<float> statistics) = (o.Numbers(Rows * 256), o.Numbers(256), o.Positives(Rows));
            return new(k => k.RmsNormBackward(x, gain, statistics, dy, dx, false, dgain, 256));
        }),
        Case("cross-entropy and its gradient", 256, 10_000, 2, o =>
        {
            (Storage<float> logits, Storage<int> targets) = (o.Numbers(2_560_000), o.Ids(256, 10_000));
            (Storage<float> losses, Storage<float> likelihoods, Storage<float> correct) = (o.Numbers(256), o.Numbers(256), o.Numbers(256));
            return new(k => k.CrossEntropy(logits, targets, 0.1f, 1, losses, likelihoods, correct, 10_000));
        }),
        Case("gather", Rows, 128, 2, o =>
        {
            (Storage<float> table, Storage<int> ids, Storage<float> y) = (o.Numbers(1_280_000), o.Ids(Rows, 10_000), o.Numbers(Rows * 128));
            return new(k => k.Gather(table, ids, 11.3f, y, 128, false));
        }),
        Case("scatter-add", Rows, 128, 3, o =>
        {
            (Storage<float> table, Storage<int> ids, Storage<float> dy) = (o.Numbers(1_280_000), o.Ids(Rows, 10_000), o.Numbers(Rows * 128));
            return new(k => k.ScatterAdd(dy, ids, 1e-6f, table, 128));
        }),
    ];

    private static KernelCase Case(string name, int rows, int width, int passes, Func<Operands, KernelWork> prepare) =>
        new(name, $"[{rows}, {width}]", (long)rows * width, (long)rows * width * sizeof(float) * passes, prepare);

    private static KernelCase BestOf(int k, int width) => Case($"best {k} of logits", 32, width, 1, o =>
    {
        Matrix logits = o.Rows(32, width);
        (Storage<int> ids, Storage<float> values, Storage<float> sums) = (o.Ids(32 * k, width), o.Numbers(32 * k), o.Numbers(32));
        return new(kernels => kernels.BestOf(logits, k, ids, values, sums));
    });

    private static KernelCase Softmax(int rows, int width) => Case("softmax", rows, width, 2, o =>
    {
        (Storage<float> x, Storage<float> y) = (o.Numbers((long)rows * width), o.Numbers((long)rows * width));
        return new(k => k.Softmax(x, y, width), () =>
        {
            for (int start = 0; start < x.Length; start += width)
            {
                TensorPrimitives.SoftMax(x.Span.Slice(start, width), y.Span.Slice(start, width));
            }
        });
    });

    private static KernelCase LayerNorm(int width) => Case("layer norm", Rows, width, 2, o =>
    {
        (Storage<float> x, Storage<float> gain, Storage<float> bias) = (o.Numbers(Rows * width), o.Numbers(width), o.Numbers(width));
        (Storage<float> y, Storage<float> statistics) = (o.Numbers(Rows * width), o.Numbers(2 * Rows));
        return new(k => k.LayerNorm(x, gain, bias, 1e-5f, y, statistics, width));
    });

    private static KernelCase LayerNormBackward(int width) => Case("layer norm, backward", Rows, width, 3, o =>
    {
        (Storage<float> x, Storage<float> gain, Storage<float> dy) = (o.Numbers(Rows * width), o.Numbers(width), o.Numbers(Rows * width));
        (Storage<float> dx, Storage<float> dgain, Storage<float> dbias) = (o.Numbers(Rows * width), o.Numbers(width), o.Numbers(width));
        Storage<float> statistics = o.Positives(2 * Rows);
        return new(k => k.LayerNormBackward(x, gain, statistics, dy, dx, false, dgain, dbias, width));
    });

    private static KernelWork Two(Operands operands, long count, Action<IKernels, Storage<float>, Storage<float>> run)
    {
        (Storage<float> x, Storage<float> y) = (operands.Numbers(count), operands.Numbers(count));
        return new(kernels => run(kernels, x, y));
    }

    private static KernelWork Three(Operands operands, long count, Action<IKernels, Storage<float>, Storage<float>, Storage<float>> run)
    {
        (Storage<float> y, Storage<float> dy, Storage<float> dx) = (operands.Numbers(count), operands.Numbers(count), operands.Numbers(count));
        return new(kernels => run(kernels, y, dy, dx));
    }
}
