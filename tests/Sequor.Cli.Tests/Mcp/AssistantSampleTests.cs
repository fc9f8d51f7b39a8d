using System.Diagnostics;

namespace Sequor.Cli.Tests.Mcp;

/// <summary>The sample of an assistant, run as whoever reads it would.</summary>
public sealed class AssistantSampleTests
{
    [Fact]
    public async Task The_sample_lists_the_tools_and_has_a_text_translated()
    {
        string root = Path.GetFullPath(Path.Combine(McpVerbTests.Assistant.Model("en-de"), "..", ".."));
        string kind = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string sample = Path.Combine(root, "samples", "07-assistant", "bin", kind, "net10.0", "assistant.dll");
        Assert.SkipUnless(File.Exists(sample), $"The sample is not built: there is no {sample}.");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [sample, "dotnet", McpVerbTests.Assistant.Program, "mcp", "models/en-de"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = root,
        })!;
        Task<string> faults = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] lines = output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {await faults}");
        Assert.StartsWith("translate: Translates a text of any length", lines[0], StringComparison.Ordinal);
        Assert.Equal("Der Hund schläft.", lines[^2]);
        Assert.Contains("Katze", lines[^1], StringComparison.Ordinal);
    }
}
