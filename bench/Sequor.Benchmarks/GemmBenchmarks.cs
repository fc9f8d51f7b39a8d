using BenchmarkDotNet.Attributes;
using Sequor.Tensors.Cpu.Simd;

namespace Sequor.Benchmarks;

/// <summary>Matrix products on this processor's fastest path.</summary>
[MemoryDiagnoser]
public class GemmBenchmarks
{
    private GemmRun? _run;

    /// <summary>The shapes to measure.</summary>
    public static IEnumerable<GemmShape> Shapes => GemmShape.All;

    /// <summary>The shape of this measurement.</summary>
    [ParamsSource(nameof(Shapes))]
    public GemmShape Shape { get; set; } = GemmShape.All[0];

    /// <summary>How many threads work on it.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes the operands.</summary>
    [GlobalSetup]
    public void Setup() => _run = new GemmRun(Shape, InstructionPaths.Chosen, Threads);

    /// <summary>Frees the operands.</summary>
    [GlobalCleanup]
    public void Cleanup() => _run?.Dispose();

    /// <summary>The right-hand side as it lies.</summary>
    [Benchmark]
    public void Multiply() => _run!.Multiply();
}
