namespace Sequor.Tests.House;

/// <summary>The repository this test was built from.</summary>
internal static class SourceTree
{
    private static readonly string? _root = FindRoot();

    /// <summary>The repository's directory; skips the test where only the built program is there.</summary>
    public static string Root
    {
        get
        {
            Assert.SkipWhen(_root is null, "The sources are not beside this test: no Sequor.slnx above " + AppContext.BaseDirectory);
            return _root!;
        }
    }

    /// <summary>Reads the hand-written C# files below a directory.</summary>
    /// <param name="directory">A path from the repository's root, with forward slashes.</param>
    /// <returns>The files; none where the directory is missing.</returns>
    public static IReadOnlyList<SourceFile> Files(string directory)
    {
        string start = Path.Combine(Root, directory);
        return !Directory.Exists(start)
            ? []
            : [
                .. Directory.EnumerateFiles(start, "*.cs", SearchOption.AllDirectories)
                    .Select(path => new SourceFile(Relative(path), path))
                    .Where(file => !file.Path.Split('/').Any(part => part is "bin" or "obj"))
                    .OrderBy(file => file.Path, StringComparer.Ordinal),
            ];
    }

    /// <summary>Finds the project files below the repository's root.</summary>
    /// <param name="directory">A path from the repository's root, with forward slashes.</param>
    /// <returns>Full paths.</returns>
    public static IEnumerable<string> Projects(string directory) =>
        Directory.EnumerateFiles(Path.Combine(Root, directory), "*.csproj", SearchOption.AllDirectories);

    private static string Relative(string path) => Path.GetRelativePath(_root!, path).Replace('\\', '/');

    private static string? FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Sequor.slnx")))
            {
                return directory.FullName;
            }
        }

        return null;
    }
}
