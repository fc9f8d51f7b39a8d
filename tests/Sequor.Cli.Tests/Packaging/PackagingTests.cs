using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Sequor.Cli.Tests.Packaging;

/// <summary>What is published can be installed and used: packs this build, installs the tool from a folder, runs it.</summary>
public sealed class PackagingTests : IDisposable
{
    private const string Version = "0.1.0";

    private readonly string _folder = Directory.CreateTempSubdirectory("sequor-packages-").FullName;

    [Fact]
    public void The_tool_installed_from_a_folder_scores_a_file_and_the_libraries_carry_their_documentation()
    {
        string dotnet = DotnetOrSkip();
        string root = RootOrSkip();
        foreach (string project in (string[])["Sequor.Tensors", "Sequor", "Sequor.Cli"])
        {
            // What is packed is what was built for this very run.
            Run(dotnet, "pack", Path.Combine(root, "src", project), "--no-build", "-c", Configuration(), "-o", Packages, "-v", "quiet");
        }

        AssertHolds("Sequor.Tensors", "lib/net10.0/Sequor.Tensors.dll", "lib/net10.0/Sequor.Tensors.xml", "PACKAGE.md", "LICENSE", "THIRD-PARTY.md");
        AssertHolds("Sequor", "lib/net10.0/Sequor.dll", "lib/net10.0/Sequor.xml", "PACKAGE.md", "LICENSE", "THIRD-PARTY.md");

        AssertHolds("Sequor.Cli", "tools/net10.0/any/Sequor.Cli.dll", "PACKAGE.md", "LICENSE", "THIRD-PARTY.md");

        string sources = Write("nuget.config", $"<configuration><packageSources><clear /><add key=\"folder\" value=\"{Packages}\" /></packageSources></configuration>");
        string tools = Path.Combine(_folder, "tools");
        Run(dotnet, "tool", "install", "Sequor.Cli", "--version", Version, "--tool-path", tools, "--add-source", Packages, "--configfile", sources);
        string sequor = Path.Combine(tools, OperatingSystem.IsWindows() ? "sequor.exe" : "sequor");

        Assert.StartsWith("sequor " + Version, Run(sequor, "--version"), StringComparison.Ordinal);
        string lines = Write("lines", "the cat sat on the mat\nall is well that ends well\n");
        Assert.Contains("\"score\":100", Run(sequor, "score", "--hyp", lines, "--ref", lines, "--metrics", "bleu", "--json"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Packages => Path.Combine(_folder, "packages");

    private static string DotnetOrSkip()
    {
        DirectoryInfo root = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent!.Parent!.Parent!;
        string dotnet = Path.Combine(root.FullName, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        Assert.SkipUnless(File.Exists(dotnet) && Directory.Exists(Path.Combine(root.FullName, "sdk")), "There is no SDK beside the runtime in " + root);
        return dotnet;
    }

    private static string RootOrSkip()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sequor.slnx")))
        {
            directory = directory.Parent;
        }

        Assert.SkipWhen(directory is null, "The sources are not beside this test: no Sequor.slnx above " + AppContext.BaseDirectory);
        return directory!.FullName;
    }

    // .../bin/Release/net10.0/
    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void AssertHolds(string package, params string[] entries)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(Packages, $"{package}.{Version}.nupkg"));
        Assert.Subset(archive.Entries.Select(entry => entry.FullName).ToHashSet(), entries.ToHashSet());
        using StreamReader specification = new(archive.GetEntry(package + ".nuspec")!.Open());
        string text = specification.ReadToEnd();
        Assert.Contains("<license type=\"expression\">Apache-2.0</license>", text, StringComparison.Ordinal);
        Assert.Contains("<readme>PACKAGE.md</readme>", text, StringComparison.Ordinal);
    }

    private string Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        start.Environment["DOTNET_ROOT"] = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent!.Parent!.Parent!.FullName;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (arguments[0] == "tool")
        {
            // Nothing of this reaches the caches of the machine.
            start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder, "cache");
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
        return output;
    }
}
