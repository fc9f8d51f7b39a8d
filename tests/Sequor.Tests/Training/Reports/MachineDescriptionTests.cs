using Sequor.Training.Reports;

namespace Sequor.Tests.Training.Reports;

public class MachineDescriptionTests
{
    [Fact]
    public void The_processor_name_is_the_first_model_name() => Assert.Equal(
        "AMD EPYC 9B45 64-Core Processor",
        MachineDescription.ProcessorNameIn("processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD EPYC 9B45 64-Core Processor\nmodel name\t: other\n"));

    [Theory]
    [InlineData("")]
    [InlineData("processor\t: 0\nBogoMIPS\t: 50.00\nCPU part\t: 0xd0c\n")]
    [InlineData("model name\t:\n")]
    public void A_text_without_a_name_gives_none(string text) => Assert.Null(MachineDescription.ProcessorNameIn(text));

    [Fact]
    public void This_machine_has_a_processor_memory_and_a_runtime()
    {
        MachineDescription machine = MachineDescription.OfThisMachine("AVX2", threads: 2);

        Assert.NotEqual("", machine.Processor);
        Assert.True(machine.Processors >= 1 && machine.MemoryBytes > 100_000_000);
        Assert.StartsWith(".NET 10.", machine.Runtime, StringComparison.Ordinal);
        Assert.Equal(("AVX2", 2), (machine.InstructionSets, machine.Threads));
    }

    [Fact]
    public void A_machine_fits_on_one_line() => Assert.Equal(
        "AMD EPYC, 2 processors, 24 GiB, Debian 12, .NET 10.0.1, avx512, 2 threads",
        new MachineDescription { Processor = "AMD EPYC", Processors = 2, MemoryBytes = 25_276_510_208, OperatingSystem = "Debian 12", Runtime = ".NET 10.0.1", InstructionSets = "avx512", Threads = 2 }.ToString());
}
