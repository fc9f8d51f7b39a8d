namespace Sequor.Tests.House;

/// <summary>A C# file of the repository.</summary>
/// <param name="path">Its path from the repository's root, with forward slashes.</param>
/// <param name="fullPath">Where it lies.</param>
internal sealed class SourceFile(string path, string fullPath)
{
    private string? _text;
    private string? _code;

    /// <summary>The path from the repository's root, with forward slashes.</summary>
    public string Path { get; } = path;

    /// <summary>The file's name without <c>.cs</c>.</summary>
    public string Name { get; } = System.IO.Path.GetFileNameWithoutExtension(path);

    /// <summary>Whether a script wrote it.</summary>
    public bool IsGenerated => Path.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>The text as it stands.</summary>
    public string Text => _text ??= File.ReadAllText(fullPath);

    /// <summary>The text without comments and without what stands in quotes.</summary>
    public string Code => _code ??= CSharpCode.Of(Text);

    /// <summary>The number of lines.</summary>
    public int Lines => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <inheritdoc/>
    public override string ToString() => Path;
}
