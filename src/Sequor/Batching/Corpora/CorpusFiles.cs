namespace Sequor.Batching;

/// <summary>
/// Where the pairs of one corpus are: <see cref="ParallelFiles"/>, <see cref="TabSeparatedFile"/> or
/// <see cref="JsonLinesFile"/>. Any of the files may be packed with gzip, which is told by its content. Text is UTF-8.
/// </summary>
public abstract record CorpusFiles
{
    private protected CorpusFiles()
    {
    }

    /// <summary>How often each pair is seen per epoch, 0.001 to 1,000; with 0.5 each pair comes in every second epoch. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Set before every source sentence of this corpus with a space, such as <c>&lt;2de&gt;</c>; empty sets nothing. Default empty.</summary>
    public string SourcePrefix { get; init; } = "";

    /// <summary>The same for target sentences. Default empty.</summary>
    public string TargetPrefix { get; init; } = "";

    /// <summary>The files, for messages and for their sizes.</summary>
    public abstract IReadOnlyList<string> Paths { get; }

    /// <summary>What messages and reports call this corpus.</summary>
    public string Name => string.Join(" + ", Paths);

    internal abstract PairReader Open(int lineLimitBytes);

    internal void ThrowIfInvalid()
    {
        if (!(Weight is >= 0.001 and <= 1000))
            throw new ArgumentException(FormattableString.Invariant($"The corpus '{Name}' has weight {Weight}; it must be 0.001 to 1000."));
    }
}

/// <summary>Two text files whose lines belong together: line n of one is the translation of line n of the other.</summary>
/// <param name="SourcePath">The file of source sentences.</param>
/// <param name="TargetPath">The file of target sentences, with as many lines.</param>
public sealed record ParallelFiles(string SourcePath, string TargetPath) : CorpusFiles
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [SourcePath, TargetPath];

    internal override PairReader Open(int lineLimitBytes) => new ParallelReader(SourcePath, TargetPath, lineLimitBytes);
}

/// <summary>One file with a pair per line, columns parted by tabs; there is no quoting.</summary>
/// <param name="Path">The file.</param>
/// <param name="SourceColumn">Column of the source sentence, from 1.</param>
/// <param name="TargetColumn">Column of the target sentence, from 1.</param>
public sealed record TabSeparatedFile(string Path, int SourceColumn = 1, int TargetColumn = 2) : CorpusFiles
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [Path];

    internal override PairReader Open(int lineLimitBytes) => new TabSeparatedReader(this, lineLimitBytes);
}

/// <summary>One file with a JSON object per line; blank lines are passed over.</summary>
/// <param name="Path">The file.</param>
/// <param name="SourceKey">The key of the source sentence; dots reach into objects within, as in <c>translation.en</c>.</param>
/// <param name="TargetKey">The key of the target sentence.</param>
public sealed record JsonLinesFile(string Path, string SourceKey = "source", string TargetKey = "target") : CorpusFiles
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [Path];

    internal override PairReader Open(int lineLimitBytes) => new JsonLinesReader(this, lineLimitBytes);
}
