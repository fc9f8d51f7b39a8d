using System.IO.Compression;

namespace Sequor.Cli.Quickstart;

/// <summary>The sentence pairs that the program carries: a part of English–German Tatoeba (see Data/README.md).</summary>
internal static class QuickstartFiles
{
    /// <summary>Unpacks the pairs into a directory.</summary>
    internal static void Unpack(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (string language in (string[])["en", "de"])
        {
            Write(Path.Combine(directory, $"train.{language}"), new GZipStream(Open($"train.{language}.gz"), CompressionMode.Decompress));
            Write(Path.Combine(directory, $"dev.{language}"), Open($"dev.{language}"));
        }
    }

    private static Stream Open(string name) =>
        typeof(QuickstartFiles).Assembly.GetManifestResourceStream($"quickstart/{name}")
        ?? throw new InvalidOperationException($"The program was built without its quickstart data: {name} is missing.");

    private static void Write(string path, Stream content)
    {
        using (content)
        {
            using FileStream file = File.Create(path);
            content.CopyTo(file);
        }
    }
}
