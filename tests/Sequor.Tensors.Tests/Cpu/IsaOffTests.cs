using System.Numerics;
using Sequor.Tensors.Cpu.Simd;
using Sequor.Testing;

namespace Sequor.Tensors.Tests.Cpu;

public sealed class IsaOffTests
{
    public static TheoryData<string> Switches => [.. IsaOff.Switches];

    [Theory, MemberData(nameof(Switches))]
    public void Every_conformance_test_passes_with_an_instruction_set_switched_off(string off)
    {
        if (IsaOff.SwitchedOff is null)
        {
            IsaOff.RunConformance(typeof(IsaOffTests).Assembly, off);
        }
    }

    [Fact, Trait("Suite", "Conformance")]
    public void The_switch_that_this_process_was_started_with_has_taken_its_width_away()
    {
        switch (IsaOff.SwitchedOff)
        {
            case "EnableAVX512":
                Assert.False(InstructionPaths.IsSupported(InstructionPath.Avx512));
                break;
            case "EnableAVX2":
                Assert.Equal(InstructionPath.Vector128, InstructionPaths.Best);
                break;
            case "EnableHWIntrinsic":
                Assert.Equal(InstructionPath.Vector128, InstructionPaths.Best);
                Assert.False(Vector.IsHardwareAccelerated);
                break;
            default:
                Assert.Null(IsaOff.SwitchedOff);
                break;
        }
    }
}
