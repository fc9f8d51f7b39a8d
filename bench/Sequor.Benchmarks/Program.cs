using System.Globalization;
using BenchmarkDotNet.Running;
using Sequor.Benchmarks;
using Sequor.Tensors.Cpu.Simd;

// gemm [path] [threads,...] [filter]: a quick table. Anything else: BenchmarkDotNet's own options, such as --filter '*Gemm*'.
if (args is ["gemm", ..])
{
    InstructionPath path = InstructionPaths.Chosen;
    if (args.Length > 1 && (!InstructionPaths.TryParse(args[1], out path) || !InstructionPaths.IsSupported(path)))
    {
        Console.Error.WriteLine($"'{args[1]}' is not a path that this processor can run; its best is {InstructionPaths.NameOf(InstructionPaths.Best)}.");
        return 2;
    }

    int[] threads = args.Length > 2 ? [.. args[2].Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))] : [1, Environment.ProcessorCount];
    GemmTable.Print(Console.Out, path, threads, args.Length > 3 ? args[3] : null);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run(args);
return 0;
