using System.Globalization;
using System.Runtime.InteropServices;

namespace Sequor.Training.Reports;

/// <summary>The machine a number was measured on.</summary>
public sealed record MachineDescription
{
    /// <summary>The processor's name, or its architecture where the system does not tell.</summary>
    public required string Processor { get; init; }

    /// <summary>The processors this program may use, 1 or more.</summary>
    public required int Processors { get; init; }

    /// <summary>Memory this program may use, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The operating system and its version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The runtime and its version, for example <c>.NET 10.0.1</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The vector instructions the kernels use, as the engine names them; empty leaves them out. Default empty.</summary>
    public string InstructionSets { get; init; } = "";

    /// <summary>The threads the kernels ran on; 0 leaves them out. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>Describes the machine this program runs on.</summary>
    /// <param name="instructionSets">The vector instructions the kernels use.</param>
    /// <param name="threads">The threads the kernels run on; 0 leaves them out.</param>
    /// <returns>The description.</returns>
    public static MachineDescription OfThisMachine(string instructionSets = "", int threads = 0) => new()
    {
        Processor = ProcessorName(),
        Processors = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        OperatingSystem = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        InstructionSets = instructionSets,
        Threads = threads,
    };

    /// <summary>Finds the processor's name in the text Linux keeps at <c>/proc/cpuinfo</c>.</summary>
    /// <param name="text">The file's text.</param>
    /// <returns>The name, or <see langword="null"/> where the file does not tell it, as on many ARM machines.</returns>
    public static string? ProcessorNameIn(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).TrimEnd().Equals("model name", StringComparison.Ordinal))
            {
                string name = line[(colon + 1)..].Trim();
                return name.Length > 0 ? name : null;
            }
        }

        return null;
    }

    /// <summary>The machine on one line: <c>AMD EPYC, 2 processors, 24 GiB, Debian GNU/Linux 12, .NET 10.0.12, avx512, 2 threads</c>.</summary>
    public override string ToString()
    {
        string memory = string.Create(CultureInfo.InvariantCulture, $"{MemoryBytes / (double)(1 << 30):F0} GiB");
        string[] parts =
        [
            Processor, $"{Processors} processors", memory, OperatingSystem, Runtime, InstructionSets, Threads > 0 ? $"{Threads} threads" : "",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string ProcessorName()
    {
        const string linuxFile = "/proc/cpuinfo";
        string? name = File.Exists(linuxFile)
            ? ProcessorNameIn(File.ReadAllText(linuxFile))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return name ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
