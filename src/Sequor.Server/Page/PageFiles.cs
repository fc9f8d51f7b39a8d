using System.Reflection;

namespace Sequor.Server.Page;

/// <summary>The files of the web page, which lie in the assembly, so that a single file serves them too.</summary>
internal static class PageFiles
{
    private const string Prefix = "Page/Web/";

    /// <summary>Every file by its path below <c>Web</c>, as <c>translate/main.js</c>.</summary>
    internal static IReadOnlyDictionary<string, PageFile> All { get; } = Read();

    private static Dictionary<string, PageFile> Read()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        Dictionary<string, PageFile> files = new(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files[name[Prefix.Length..]] = new PageFile(name, bytes);
        }

        return files;
    }
}
