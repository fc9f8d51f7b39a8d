using System.Diagnostics;
using System.Runtime.InteropServices;
using Sequor.Cli.Tests.Verbs;

namespace Sequor.Cli.Tests;

/// <summary>What only a process of its own can show: exit codes, pipes, signals.</summary>
public sealed partial class ProcessTests(ToyRun toy) : IClassFixture<ToyRun>
{
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0, "--version")]
    [InlineData(1, "info", "no-such-directory")]
    [InlineData(2, "translate")]
    public async Task The_exit_code_reaches_the_shell(int code, params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_patience, TestContext.Current.CancellationToken);

        Assert.Equal(code, process.ExitCode);
    }

    [Fact]
    public async Task A_full_device_is_the_machines_fault()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        using Process process = Shell($"{Program} --version > /dev/full");
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, process.ExitCode);
        Assert.Contains("No space left on device", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_ends_the_program_quietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        string vocabulary = toy.File("words.vocab");
        await File.WriteAllTextAsync(vocabulary, "sequor-tokenizer word\n<unk>\n<s>\n</s>\n<pad>\ny\n", TestContext.Current.CancellationToken);
        using Process process = Shell($"yes 2>&- | head -n 2000000 2>&- | ({Program} tokenize --model {vocabulary}; echo code $? >&2) | head -n 1");
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("code 0\n", errors);
    }

    [Fact]
    public async Task Outputs_of_two_calls_stand_one_after_the_other_in_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        string file = toy.File("both");
        using Process process = Shell($"({Program} --version; {Program} --version) > {file}");
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"sequor {Overview.Version}\nsequor {Overview.Version}\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 143)]
    public async Task A_signal_ends_a_training_after_its_update_and_saves_it(int signal, int code)
    {
        Assert.SkipWhen(IsIgnored(signal), $"Signal {signal} is ignored where these tests run (a shell's background job), and child processes inherit that.");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent otherwise there.");
        string directory = toy.File($"stopped-{code}");
        using Process process = Start("train", toy.Configuration, "--out", directory, "--set", "training.max_updates=1000000", "--set", "training.log_every=1");
        process.StandardInput.Close();
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("update ", StringComparison.Ordinal))
        {
            // The training is not under way yet.
        }

        Assert.Equal(0, Kill(process.Id, signal));
        string rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(_patience, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(code, process.ExitCode);
        Assert.Contains("stopping after this update", rest, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetDirectories(Path.Combine(directory, "checkpoints"), "update-*"));
        Assert.True(File.Exists(Path.Combine(directory, "weights.safetensors")));
    }

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 143)]
    public async Task A_signal_ends_what_waits_for_an_assistant_that_says_nothing(int signal, int code)
    {
        Assert.SkipWhen(IsIgnored(signal), $"Signal {signal} is ignored where these tests run (a shell's background job), and child processes inherit that.");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent otherwise there.");
        using Process process = Start("mcp", toy.Model, "--lazy");
        await process.StandardInput.WriteLineAsync("""{"jsonrpc": "2.0", "id": 1, "method": "ping"}""".AsMemory(), TestContext.Current.CancellationToken);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_patience, TestContext.Current.CancellationToken);

        Assert.Equal(0, Kill(process.Id, signal));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_patience, TestContext.Current.CancellationToken);
        Assert.Equal(code, process.ExitCode);
    }

    [Fact]
    public async Task A_line_is_answered_before_the_next_is_typed()
    {
        using Process process = Start("translate", toy.Model);
        for (int i = 0; i < 2; i++)
        {
            await process.StandardInput.WriteLineAsync("the dog sees the tree".AsMemory(), TestContext.Current.CancellationToken);
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            string? answer = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(_patience, TestContext.Current.CancellationToken);

            Assert.StartsWith("der ", answer, StringComparison.Ordinal);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private static string Assembly => typeof(CommandLine).Assembly.Location;

    private static string Program => $"'{Environment.ProcessPath switch { { } path when Path.GetFileNameWithoutExtension(path) == "dotnet" => path, _ => "dotnet" }}' '{Assembly}'";

    private static Process Start(params string[] arguments) => Started("dotnet", [Assembly, .. arguments]);

    private static Process Shell(string command) => Started("/bin/sh", ["-c", command]);

    private static Process Started(string program, IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private static bool IsIgnored(int signal)
    {
        const string status = "/proc/self/status";
        string? line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(one => one.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return line is not null
            && (Convert.ToUInt64(line["SigIgn:".Length..].Trim(), 16) & (1UL << (signal - 1))) != 0;
    }
}
