using System.Diagnostics;
using System.Globalization;
using Sequor.Tensors.Cpu.Simd;

namespace Sequor.Benchmarks;

/// <summary>Our products beside OpenBLAS's, as a table in Markdown. Each side and each number of threads has a process of its own.</summary>
internal static class GemmComparison
{
    /// <summary>Measures one side and writes a line of seconds for each shape: what the processes of a comparison do.</summary>
    internal static int WriteSeconds(TextWriter output, string side, int threads, string? filter)
    {
        nint library = 0;
        if (side == "openblas" && !OpenBlas.TryLoad(out library))
        {
            Console.Error.WriteLine("OpenBLAS was not found; on Debian: apt-get install libopenblas0-pthread.");
            return 3;
        }

        foreach (GemmShape shape in GemmTable.Matching(filter))
        {
            output.WriteLine(Seconds(library, shape, threads).ToString("R", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    internal static int Print(TextWriter output, IReadOnlyList<int> threadCounts, string? filter)
    {
        GemmShape[] shapes = [.. GemmTable.Matching(filter)];
        double[][] ours = [.. threadCounts.Select(threads => Measure("ours", threads, filter))];
        double[][] theirs = [.. threadCounts.Select(threads => Measure("openblas", threads, filter))];
        output.WriteLine($"| op MxNxK | use |{string.Concat(threadCounts.Select(threads => $" Sequor, {threads}T | OpenBLAS, {threads}T | ratio |"))}");
        output.WriteLine($"| --- | --- |{string.Concat(threadCounts.Select(_ => " ---: | ---: | ---: |"))}");
        for (int row = 0; row < shapes.Length; row++)
        {
            GemmShape shape = shapes[row];
            output.Write($"| {shape} | {shape.Use} |");
            for (int column = 0; column < threadCounts.Count; column++)
            {
                (double own, double other) = (ours[column][row], theirs[column][row]);
                string ratio = (other / own).ToString("F2", CultureInfo.InvariantCulture);
                output.Write($" {GemmTable.Giga(shape.Operations / own)} | {GemmTable.Giga(shape.Operations / other)} | {ratio} |");
            }

            output.WriteLine();
        }

        return 0;
    }

    private static double Seconds(nint library, GemmShape shape, int threads)
    {
        if (library != 0)
        {
            using var theirs = OpenBlas.Prepare(library, shape, threads);
            return GemmClock.Seconds(theirs.Multiply, threads);
        }

        using GemmRun ours = new(shape, InstructionPaths.Chosen, threads);
        return GemmClock.Seconds(ours.MultiplyAsUsed, threads);
    }

    private static double[] Measure(string side, int threads, string? filter)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(GemmComparison).Assembly.Location);
        }

        foreach (string? argument in (ReadOnlySpan<string?>)["gemm", "seconds", side, threads.ToString(CultureInfo.InvariantCulture), filter])
        {
            if (argument is not null)
            {
                start.ArgumentList.Add(argument);
            }
        }

        foreach (string handicap in OpenBlas.Handicaps)
        {
            start.Environment.Remove(handicap);
        }

        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"Measuring '{side}' on {threads} threads ended with exit code {process.ExitCode}; see its message above.");
    }
}
