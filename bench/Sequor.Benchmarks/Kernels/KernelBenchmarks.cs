using BenchmarkDotNet.Attributes;

namespace Sequor.Benchmarks.Kernels;

/// <summary>Every kernel but the matrix products: in vectors on one and two threads, as its plain twin, and by <c>TensorPrimitives</c> where that has the function.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private KernelRun? _run;

    /// <summary>Every kernel with each side that has it.</summary>
    public static IEnumerable<KernelChoice> Choices =>
        from kernel in Enumerable.Range(0, KernelCase.All.Count)
        from side in Enum.GetValues<KernelSide>()
        where side != KernelSide.Primitives || HasPrimitives(KernelCase.All[kernel])
        select new KernelChoice(kernel, side);

    /// <summary>What is measured.</summary>
    [ParamsSource(nameof(Choices))]
    public KernelChoice Choice { get; set; } = new(0, KernelSide.OneThread);

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup() => _run = new KernelRun(KernelCase.All[Choice.Kernel], Choice.Side);

    /// <summary>Frees the operands.</summary>
    [GlobalCleanup]
    public void Cleanup() => _run?.Dispose();

    /// <summary>The work once.</summary>
    [Benchmark]
    public void Run() => _run!.Run();

    private static bool HasPrimitives(KernelCase kernel)
    {
        using Operands operands = new();
        return kernel.Prepare(operands).Primitives is not null;
    }
}

/// <summary>A kernel and who does its work.</summary>
/// <param name="Kernel">Its place in the list of cases.</param>
/// <param name="Side">Who does it.</param>
public sealed record KernelChoice(int Kernel, KernelSide Side)
{
    /// <inheritdoc/>
    public override string ToString() => $"{KernelCase.All[Kernel]}, {Side}";
}
