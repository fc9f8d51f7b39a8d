using System.Diagnostics;
using System.Reflection;
using Xunit.Sdk;

namespace Sequor.Testing;

/// <summary>
/// Runs tests again in a child process of the same program with instruction sets switched off, so that the paths of smaller processors are tested on a
/// machine that would never take them. The tests that go along carry <c>[Trait("Suite", "Conformance")]</c>.
/// </summary>
public static class IsaOff
{
    /// <summary>Set in the child to the switch that was turned off.</summary>
    public const string ChildVariable = "SEQUOR_TESTS_ISA_OFF";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>The runtime's switches, widest vectors first. Their names belong to .NET 10: the child must assert that the width is really gone.</summary>
    public static IReadOnlyList<string> Switches { get; } = ["EnableAVX512", "EnableAVX2", "EnableHWIntrinsic"];

    /// <summary>The switch that is off in this process, or null in a process that was not started by <see cref="RunConformance"/>.</summary>
    public static string? SwitchedOff => Environment.GetEnvironmentVariable(ChildVariable);

    /// <summary>Runs the conformance tests of a test program in a child process and fails with the end of its output when one of them fails.</summary>
    /// <param name="tests">The test program's assembly.</param>
    /// <param name="off">One of <see cref="Switches"/>.</param>
    public static void RunConformance(Assembly tests, string off)
    {
        ProcessStartInfo start = StartInfo(tests);
        start.ArgumentList.Add("--filter-trait");
        start.ArgumentList.Add("Suite=Conformance");
        start.ArgumentList.Add("--no-progress");
        start.Environment[$"DOTNET_{off}"] = "0";
        start.Environment[ChildVariable] = off;
        using Process child = Process.Start(start) ?? throw new XunitException($"The child process for {off} did not start.");
        Task<string> errors = child.StandardError.ReadToEndAsync();
        Task<string> output = child.StandardOutput.ReadToEndAsync();
        if (!child.WaitForExit(Patience))
        {
            child.Kill();
            throw new XunitException($"With {off}=0 the conformance tests did not end within {Patience.TotalMinutes} minutes.");
        }

        string text = output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult();
        if (child.ExitCode != 0)
        {
            throw new XunitException($"With {off}=0 the conformance tests ended with code {child.ExitCode}:\n{text[^Math.Min(text.Length, 4000)..]}");
        }
    }

    private static ProcessStartInfo StartInfo(Assembly tests)
    {
        string program = Environment.ProcessPath ?? throw new XunitException("This process does not know its own program.");
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(tests.Location);
        }

        return start;
    }
}
