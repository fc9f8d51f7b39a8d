using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>A kernel with inputs of some rows and columns.</summary>
/// <param name="Name">The kernel.</param>
/// <param name="Tolerance">How far vectors may be from the plain loop, relative to 1 or to the number if that is greater; 0 demands the same bits.</param>
/// <param name="Run">Fills a workspace and runs the kernel: kernels, workspace, rows, width.</param>
internal sealed partial record KernelCase(string Name, double Tolerance, Action<IKernels, Workspace, int, int> Run)
{
    /// <summary>One element at a time: rows × width does not matter, only their product.</summary>
    internal static KernelCase[] Elementwise { get; } =
    [
        new("Fill", 0, (k, w, r, n) => k.Fill(w.Result(r * n), 1.5f)),
        new("Copy", 0, (k, w, r, n) => k.Copy(w.Numbers(r * n), w.Result(r * n))),
        new("Add", 0, (k, w, r, n) => k.Add(w.Numbers(r * n), w.Numbers(r * n), w.Result(r * n))),
        new("Multiply", 0, (k, w, r, n) => k.Multiply(w.Numbers(r * n), w.Numbers(r * n), w.Result(r * n), w.Accumulate)),
        new("Scale", 0, (k, w, r, n) => k.Scale(w.Numbers(r * n), 0.37f, w.Result(r * n), w.Accumulate)),
        new("MovingAverage", 0, (k, w, r, n) => k.MovingAverage(w.Numbers(r * n), 0.9f, w.Result(r * n))),
        .. Enum.GetValues<Activation>().Select(a => new KernelCase(
            $"Activate {a}", 2e-6, (k, w, r, n) => k.Activate(a, w.Numbers(r * n, 6), w.Result(r * n)))),
        .. Enum.GetValues<Activation>().Select(a => new KernelCase(
            $"ActivateBackward {a}", 2e-6,
            (k, w, r, n) => k.ActivateBackward(a, w.Numbers(r * n, 6), w.Numbers(r * n), w.Result(r * n), w.Accumulate))),
        new("Adam", 0, (k, w, r, n) => k.Adam(
            w.Result(r * n), w.Numbers(r * n), w.Result(r * n), w.Result(r * n, 0.5f, 0.6f),
            new AdamSettings(1e-3f, 0.9f, 0.98f, 1e-9f, 0.271f, 0.0588f, 0.25f, w.Accumulate ? 0.01f : 0, w.Accumulate ? 0 : 0.01f))),
        new("Sgd", 0, (k, w, r, n) => k.Sgd(
            w.Result(r * n), w.Numbers(r * n), w.Accumulate ? w.Result(r * n) : default, new SgdSettings(0.1f, w.Accumulate ? 0.9f : 0, 0.5f, 0.01f))),
        new("Adagrad", 0, (k, w, r, n) => k.Adagrad(
            w.Result(r * n), w.Numbers(r * n), w.Result(r * n, 0.5f, 0.6f), 0.1f, 1e-10f, 0.5f, 0.01f)),
        new("SquaredMoments", 0, (k, w, r, n) => k.SquaredMoments(w.Numbers(r * n), 0.5f, 0.7f, 1e-3f, w.Result(r * n, 0.5f, 0.6f))),
        new("MomentStep", 0, (k, w, r, n) => k.MomentStep(w.Numbers(r * n), 0.5f, w.Numbers(r * n, 0.5f, 0.6f), w.Result(r * n))),
    ];

    /// <summary>Row by row: a row's results depend on that row only.</summary>
    internal static KernelCase[] Rows { get; } =
    [
        .. Enum.GetValues<Activation>().Select(a => new KernelCase(
            $"Gate {a}", 6e-6, (k, w, r, n) => k.Gate(a, w.Numbers(2 * r * n, 4), w.Result(r * n), n))),
        .. Enum.GetValues<Activation>().Select(a => new KernelCase(
            $"GateBackward {a}", 1e-5,
            (k, w, r, n) => k.GateBackward(a, w.Numbers(2 * r * n, 4), w.Numbers(r * n), w.Result(2 * r * n), n, w.Accumulate))),
        new("Softmax", 1e-6, (k, w, r, n) => k.Softmax(w.Numbers(r * n, 8), w.Result(r * n), n)),
        new("SoftmaxBackward", 5e-5, (k, w, r, n) => k.SoftmaxBackward(w.Numbers(r * n), w.Numbers(r * n), w.Result(r * n), n, w.Accumulate)),
        new("LogSoftmax", 2e-6, (k, w, r, n) => k.LogSoftmax(w.Numbers(r * n, 8), w.Result(r * n), n)),
        new("LogSoftmaxBackward", 1e-5, (k, w, r, n) => k.LogSoftmaxBackward(
            w.Numbers(r * n, 1, -2), w.Numbers(r * n), w.Result(r * n), n, w.Accumulate)),
        new("LayerNorm", 2e-5, (k, w, r, n) => k.LayerNorm(
            w.Numbers(r * n), w.Numbers(n), w.Numbers(n), 1e-5f, w.Result(r * n), w.Accumulate ? w.Numbers(2 * r) : default, n)),
        new("RmsNorm", 1e-5, (k, w, r, n) => k.RmsNorm(
            w.Numbers(r * n), w.Numbers(n), 1e-5f, w.Result(r * n), w.Accumulate ? w.Numbers(r) : default, n)),
        new("Gather", 0, (k, w, r, n) => k.Gather(w.Numbers(7 * n), w.Ids(r, 7), 1.7f, w.Result(r * n), n, w.Accumulate)),
        new("Dropout", 0, (k, w, r, n) => k.Dropout(
            w.Numbers(r * n), w.Accumulate ? w.Numbers(r * n) : default, w.Result(r * n), n, new DropoutMask(w.Keys(r), 77, 0.3f))),
        new("DropoutBackward", 0, (k, w, r, n) => k.DropoutBackward(
            w.Numbers(r * n), w.Result(r * n), n, new DropoutMask(w.Keys(r), 77, 0.3f), w.Accumulate)),
        new("Dropout of nothing", 0, (k, w, r, n) => k.Dropout(
            w.Numbers(r * n), w.Accumulate ? w.Numbers(r * n) : default, w.Result(r * n), n, default)),
        new("RowSums", 1e-5, (k, w, r, n) => k.RowSums(new Matrix(w.Numbers(r * n), r, n), w.Result(r), w.Accumulate)),
        new("CrossEntropy", 2e-5, (k, w, r, n) => k.CrossEntropy(
            w.Result(r * n, 5), w.Ids(r, n), 0.1f, 0.5f, w.Result(r), w.Result(r), w.Result(r), n)),
        new("CrossEntropy without gradient", 2e-5, (k, w, r, n) => k.CrossEntropy(
            w.Result(r * n, 5), w.Ids(r, n), 0, 0, w.Result(r), w.Result(r), w.Result(r), n)),
        new("Rotate", 0, (k, w, r, n) => k.Rotate(
            new Matrix(w.Numbers(6 * r * n), r, 4 * n, 6 * n), new Matrix(w.Result(4 * r * n), r, 4 * n), w.Ids(r, 500), 2 * n, 1e4f, w.Accumulate)),
    ];

    /// <summary>Rows meet in the result.</summary>
    internal static KernelCase[] Across { get; } =
    [
        new("LayerNormBackward", 5e-5, (k, w, r, n) => k.LayerNormBackward(
            w.Numbers(r * n), w.Numbers(n), w.Numbers(2 * r, 0.5f, 1), w.Numbers(r * n), w.Result(r * n), w.Accumulate, w.Result(n), w.Result(n), n)),
        new("LayerNormBackward of parts", 5e-5, (k, w, r, n) => k.LayerNormBackward(
            w.Numbers(r * n), w.Numbers(n), w.Numbers(2 * r, 0.5f, 1), w.Numbers(r * n), w.Accumulate ? w.Result(r * n) : default, false,
            w.Accumulate ? default : w.Result(n), default, n)),
        new("RmsNormBackward", 5e-5, (k, w, r, n) => k.RmsNormBackward(
            w.Numbers(r * n), w.Numbers(n), w.Numbers(r, 0.5f, 1), w.Numbers(r * n), w.Result(r * n), w.Accumulate, w.Result(n), n)),
        new("ColumnSums", 2e-5, (k, w, r, n) => k.ColumnSums(new Matrix(w.Numbers(r * n), r, n), w.Result(n), w.Accumulate)),
        new("ColumnSums of a transpose", 2e-5, (k, w, r, n) => k.ColumnSums(new Matrix(w.Numbers(r * n), n, r).Transposed, w.Result(n), w.Accumulate)),
        new("ColumnSums with gaps", 2e-5, (k, w, r, n) => k.ColumnSums(new Matrix(w.Numbers(3 * r * n), r, n, 3 * n, 3), w.Result(n), w.Accumulate)),
        new("FactoredMoments", 2e-6, (k, w, r, n) => k.FactoredMoments(
            new Matrix(w.Numbers(r * n), r, n), 0.5f, 0.7f, 1e-3f, w.Result(r, 0.5f, 0.6f), w.Result(n, 0.5f, 0.6f))),
        new("FactoredStep", 2e-6, (k, w, r, n) => k.FactoredStep(
            new Matrix(w.Numbers(r * n), r, n), 0.5f, w.Numbers(r, 0.5f, 0.6f), w.Numbers(n, 0.5f, 0.6f), w.Result(r * n))),
        new("ScatterAdd", 0, (k, w, r, n) => k.ScatterAdd(w.Numbers(r * n), w.Ids(r, 7), 1.7f, w.Result(7 * n), n)),
        new("CopyMatrix of rows", 0, (k, w, r, n) => k.CopyMatrix(
            new Matrix(w.Numbers(r * 2 * n), r, n, 2 * n), new Matrix(w.Result(r * n), r, n), w.Accumulate)),
        new("CopyMatrix to a transpose", 0, (k, w, r, n) => k.CopyMatrix(
            new Matrix(w.Numbers(r * n), r, n), new Matrix(w.Result(r * n), n, r).Transposed, w.Accumulate)),
        new("CopyMatrix of columns", 0, (k, w, r, n) => k.CopyMatrix(
            new Matrix(w.Numbers(r * n), n, r).Transposed, new Matrix(w.Result(r * n), n, r).Transposed, w.Accumulate)),
        new("CopyMatrix with gaps", 0, (k, w, r, n) => k.CopyMatrix(
            new Matrix(w.Numbers(r * 2 * n), r, n, 2 * n, 2), new Matrix(w.Result(r * n), r, n), w.Accumulate)),
        new("Sum", 2e-6, (k, w, r, n) => w.Add(k.Sum(w.Numbers(r * n)))),
        new("SumOfSquares", 2e-6, (k, w, r, n) => w.Add(k.SumOfSquares(w.Numbers(r * n)))),
        new("CountNonFinite", 0, (k, w, r, n) => w.Add(k.CountNonFinite(w.Numbers(r * n)))),
    ];

    /// <summary>Every kernel that works on rows and columns.</summary>
    internal static IEnumerable<KernelCase> All => [.. Elementwise, .. Rows, .. Across, .. Source, .. Recurrent];

    /// <summary>The plain loops.</summary>
    internal static IKernels Plain { get; } = new PlainKernels();

    /// <summary>The vectors of this process, on one thread.</summary>
    internal static IKernels Simd { get; } = new SimdKernels(InstructionPaths.Chosen, new WorkerPool(1));

    /// <summary>The vectors of this process, on two threads.</summary>
    internal static IKernels TwoThreads { get; } = new SimdKernels(InstructionPaths.Chosen, new WorkerPool(2));

    /// <summary>What the kernel makes of a seed's numbers.</summary>
    internal float[] Results(IKernels kernels, int rows, int width, int seed)
    {
        using Workspace workspace = new(seed);
        Run(kernels, workspace, rows, width);
        return workspace.Results();
    }

    /// <summary>Finds a case by its name, for theories.</summary>
    internal static KernelCase Named(string name) => All.Single(one => one.Name == name);

    public override string ToString() => Name;
}
