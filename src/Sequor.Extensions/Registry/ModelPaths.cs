namespace Sequor.Extensions.Registry;

/// <summary>Keeps what is loaded at run time below one directory.</summary>
internal static class ModelPaths
{
    private const int MostLinks = 40;

    /// <summary>The name of a model: that of its directory.</summary>
    internal static string IdOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    /// <summary>Makes sure that a name is one directory's name and nothing more.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    internal static void RequireName(string id)
    {
        if (string.IsNullOrWhiteSpace(id) || id is "." or ".." || id.AsSpan().ContainsAny('/', '\\', '\0') || Path.IsPathRooted(id))
        {
            throw new ArgumentException($"'{id}' is no name for a model: it must be the name of a directory, without a path.");
        }
    }

    /// <summary>The directory that is meant by a path below another, with all links followed.</summary>
    /// <param name="root">The directory that must not be left.</param>
    /// <param name="given">A path, relative to the root or absolute.</param>
    /// <exception cref="ArgumentException">The path leads out of the root.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    internal static string Below(string root, string given)
    {
        if (string.IsNullOrWhiteSpace(given) || given.Contains('\0', StringComparison.Ordinal) || given.Split('/', '\\').Contains(".."))
        {
            throw new ArgumentException($"'{given}' is no path below the models directory: it must name a directory and must not hold '..'.");
        }

        string whole = Path.GetFullPath(given, Path.GetFullPath(root));
        string realRoot = Real(Path.GetFullPath(root));
        if (!IsBelow(whole, Path.GetFullPath(root)) && !IsBelow(whole, realRoot))
        {
            throw new ArgumentException($"'{given}' does not lie in the models directory. Name a path below it.");
        }

        if (!Directory.Exists(whole))
        {
            throw new DirectoryNotFoundException($"There is no model directory '{given}' below the models directory.");
        }

        string real = Real(whole);
        if (!IsBelow(real, realRoot) || Directory.EnumerateFiles(real).Any(file => !IsBelow(Real(file), realRoot)))
        {
            throw new ArgumentException($"'{given}' leads out of the models directory by a link. Put the model itself there.");
        }

        return real;
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A full path with every link on the way followed.</summary>
    private static string Real(string path, int links = 0)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        string here = Path.Combine(Real(parent, links), Path.GetFileName(path));
        string? target = File.ResolveLinkTarget(here, returnFinalTarget: false)?.FullName;
        return target is null ? here
            : links < MostLinks ? Real(Path.GetFullPath(target), links + 1)
            : throw new ArgumentException($"'{path}' is a link that leads to itself, or through more than {MostLinks} links.");
    }
}
