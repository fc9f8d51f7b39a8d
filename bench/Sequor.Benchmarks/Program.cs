using System.Globalization;
using BenchmarkDotNet.Running;
using Sequor.Benchmarks;
using Sequor.Benchmarks.Growth;
using Sequor.Benchmarks.Kernels;
using Sequor.Benchmarks.Packed;
using Sequor.Benchmarks.Serving;
using Sequor.Tensors.Cpu.Simd;

// gemm [path] [threads,...] [filter]: a quick table of our matrix products.
// gemm openblas [threads,...] [filter]: the same beside OpenBLAS, each in its own process, in Markdown.
// text SOURCE TARGET LINES [WORDS-A-SENTENCE] [WORDS-IN-ALL] [exact]: pairs of made-up sentences.
// suite quick [filter]: a quick table of every other kernel, in Markdown.
// packed [type,...|all] [shape|all] [rows,...]: products with packed weights, in Markdown; DOTNET_EnableAVXVNNI=0 shows int8 without its instruction.
// serving MODEL TEXTS [seconds] [clients,...] [workers] [maximum wait in ms]: callers who take turns beside callers who are decoded together, in this process, in Markdown.
// Anything else: BenchmarkDotNet's own options, such as --filter '*Gemm*'.
switch (args)
{
    case ["gemm", "seconds", string side, string threads, ..]:
        return GemmComparison.WriteSeconds(Console.Out, side, int.Parse(threads, CultureInfo.InvariantCulture), args.ElementAtOrDefault(4));
    case ["gemm", "openblas", ..]:
        return GemmComparison.Print(Console.Out, ThreadCounts(args.ElementAtOrDefault(2)), args.ElementAtOrDefault(3));
    case ["gemm", ..]:
        InstructionPath path = InstructionPaths.Chosen;
        if (args.Length > 1 && (!InstructionPaths.TryParse(args[1], out path) || !InstructionPaths.IsSupported(path)))
        {
            Console.Error.WriteLine($"'{args[1]}' is not a path that this processor can run; its best is {InstructionPaths.NameOf(InstructionPaths.Best)}.");
            return 2;
        }

        GemmTable.Print(Console.Out, path, ThreadCounts(args.ElementAtOrDefault(2)), args.ElementAtOrDefault(3));
        return 0;
    case ["suite", "quick", ..]:
        KernelTable.Print(Console.Out, args.ElementAtOrDefault(2));
        return 0;
    case ["packed", ..]:
        PackedTable.Print(Console.Out, Given(args.ElementAtOrDefault(1)), Given(args.ElementAtOrDefault(2)), args.ElementAtOrDefault(3));
        return 0;
    case ["serving", string model, string texts, ..]:
        await ServingTable.PrintAsync(
            Console.Out, model, texts, double.Parse(args.ElementAtOrDefault(3) ?? "5", CultureInfo.InvariantCulture), ThreadCounts(args.ElementAtOrDefault(4) ?? "1,8,32"),
            int.Parse(args.ElementAtOrDefault(5) ?? "1", CultureInfo.InvariantCulture), double.Parse(args.ElementAtOrDefault(6) ?? "5", CultureInfo.InvariantCulture));
        return 0;
    case ["text", .. string[] arguments]:
        return SyntheticText.Run(arguments);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(GemmBenchmarks).Assembly).Run(args);
        return 0;
}

static string? Given(string? filter) => filter == "all" ? null : filter;

static int[] ThreadCounts(string? list) =>
    list is null ? [1, Environment.ProcessorCount] : [.. list.Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
