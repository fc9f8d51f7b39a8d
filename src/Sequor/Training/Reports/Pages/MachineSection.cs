using Sequor.Training.Reports.Markup;
using static Sequor.Training.Logs.LogText;

namespace Sequor.Training.Reports.Pages;

/// <summary>The machine that speed and bits depend on.</summary>
internal static class MachineSection
{
    /// <summary>Writes the machine.</summary>
    /// <param name="report">The report; it has a machine.</param>
    /// <param name="markup">Where it goes.</param>
    public static void Write(TrainingReport report, MarkupWriter markup)
    {
        MachineDescription machine = report.Machine!;
        Facts.Write(
            markup,
            ("Processor", machine.Processor),
            ("Logical processors", Count(machine.Processors)),
            ("Threads used", machine.Threads > 0 ? Count(machine.Threads) : ""),
            ("Instruction sets", machine.InstructionSets),
            ("Memory", Fixed(machine.MemoryBytes / (1024.0 * 1024 * 1024), 1) + " GiB"),
            ("Operating system", machine.OperatingSystem),
            ("Runtime", machine.Runtime));
    }
}
