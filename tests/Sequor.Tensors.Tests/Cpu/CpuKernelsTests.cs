using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd;

namespace Sequor.Tensors.Tests.Cpu;

public sealed class CpuKernelsTests
{
    [Fact]
    public void Without_a_wish_the_widest_path_of_this_processor_runs()
    {
        Assert.Equal(InstructionPaths.NameOf(InstructionPaths.Best), CpuKernels.Named(null).Name);
        Assert.Equal(InstructionPaths.NameOf(InstructionPaths.Best), CpuKernels.Named("").Name);
    }

    [Fact]
    public void A_wish_names_a_path_in_any_case()
    {
        Assert.Same(CpuKernels.Plain, CpuKernels.Named("Plain"));
        Assert.Equal("vector128", CpuKernels.Named("VECTOR128").Name);
    }

    [Fact]
    public void An_unknown_path_is_refused_with_those_that_exist()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => CpuKernels.Named("avx1024"));
        Assert.Contains(
            "SEQUOR_KERNELS is 'avx1024', but it must be one of plain, vector128, avx2, avx512", exception.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Suite", "Conformance")]
    public void A_path_that_this_processor_cannot_run_is_refused_with_the_best_it_can()
    {
        // Runs where the instruction sets are switched off; elsewhere the processor may know them all.
        foreach (InstructionPath path in Enum.GetValues<InstructionPath>().Where(path => !InstructionPaths.IsSupported(path)))
        {
            InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => CpuKernels.Named(InstructionPaths.NameOf(path)));
            Assert.Contains($"The fastest it can run is '{InstructionPaths.NameOf(InstructionPaths.Best)}'", exception.Message, StringComparison.Ordinal);
        }
    }
}
