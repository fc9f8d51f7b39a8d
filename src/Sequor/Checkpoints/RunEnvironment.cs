using System.Reflection;
using System.Runtime.InteropServices;

namespace Sequor.Checkpoints;

/// <summary>What besides the seed decides the bits of a run.</summary>
/// <param name="Build">The version of this library, with its commit.</param>
/// <param name="Runtime">The version of .NET and the processor's architecture.</param>
/// <param name="InstructionSet">The vector instructions the engine used, as it names them.</param>
public sealed record RunEnvironment(string Build, string Runtime, string InstructionSet)
{
    /// <summary>The environment of this process.</summary>
    /// <param name="instructionSet">The vector instructions the engine uses, as it names them.</param>
    public static RunEnvironment Current(string instructionSet) => new(
        typeof(RunEnvironment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.ProcessArchitecture}",
        instructionSet);

    /// <summary>One sentence for each difference that lets a resumed run end in other bits than an uninterrupted one.</summary>
    /// <param name="now">The environment in which the run goes on.</param>
    public IReadOnlyList<string> Differences(RunEnvironment now)
    {
        List<string> sentences = [];
        Compare("build of Sequor", Build, now.Build);
        Compare("runtime", Runtime, now.Runtime);
        Compare("instruction set", InstructionSet, now.InstructionSet);
        return sentences;

        void Compare(string what, string then, string today)
        {
            if (then != today)
            {
                sentences.Add($"The checkpoint was written by the {what} {then}, and this is {today}: "
                    + "the run goes on, but need not end in the same bits as one that was never stopped.");
            }
        }
    }
}
