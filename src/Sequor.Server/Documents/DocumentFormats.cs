namespace Sequor.Server.Documents;

/// <summary>Which names belong to which format.</summary>
public static class DocumentFormats
{
    /// <summary>The endings of files that can be translated, with their dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".txt", ".md", ".markdown", ".html", ".htm"];

    /// <summary>The format of a file.</summary>
    /// <param name="fileName">The file's name; only its ending counts, in any case.</param>
    /// <returns>The format; null where the ending is none of <see cref="Extensions"/>.</returns>
    public static DocumentFormat? OfFile(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".txt" => DocumentFormat.Text,
        ".md" or ".markdown" => DocumentFormat.Markdown,
        ".html" or ".htm" => DocumentFormat.Html,
        _ => null,
    };
}
