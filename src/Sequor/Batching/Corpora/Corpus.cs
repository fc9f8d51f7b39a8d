namespace Sequor.Batching;

/// <summary>
/// Where the pairs of one corpus are: <see cref="ParallelFiles"/>, <see cref="TabSeparatedFile"/>,
/// <see cref="JsonLinesFile"/>, <see cref="PairsInMemory"/> or, without sources, <see cref="TargetFile"/>. Any of the files may be packed with gzip, which is told
/// by its content. Text is UTF-8.
/// </summary>
public abstract record Corpus
{
    // What text shrinks to under gzip; only to tell small corpora from large ones.
    private const int PackedRatio = 4;

    private protected Corpus()
    {
    }

    /// <summary>How often each pair is seen per epoch, 0.001 to 1,000; with 0.5 each pair comes in every second epoch. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Set before every source sentence of this corpus with a space, such as <c>&lt;2de&gt;</c>; empty sets nothing. Default empty.</summary>
    public string SourcePrefix { get; init; } = "";

    /// <summary>The same for target sentences. Default empty.</summary>
    public string TargetPrefix { get; init; } = "";

    /// <summary>
    /// A file that says which words belong together, a line for each line of the corpus: Pharaoh format, <c>0-0 1-2</c>, places of words
    /// between spaces or tabs. Null where there is none. Default null.
    /// </summary>
    public string? Alignments { get; init; }

    /// <summary>
    /// Whether there are source sentences. Where there are none, as for a language model, every source is empty and filters look at
    /// targets alone. Default true.
    /// </summary>
    public bool HasSource { get; init; } = true;

    /// <summary>The files, for messages and for their sizes; none for pairs in memory.</summary>
    public abstract IReadOnlyList<string> Paths { get; }

    /// <summary>What messages and reports call this corpus.</summary>
    public virtual string Name => string.Join(" + ", Paths);

    /// <summary>Bytes of the files, packed ones counted four times.</summary>
    internal long SizeInBytes => Paths.Sum(path => LineReader.SizeOf(path, PackedRatio));

    internal PairReader Open(int lineLimitBytes) =>
        Alignments is null ? OpenPairs(lineLimitBytes) : new AlignedReader(OpenPairs(lineLimitBytes), Alignments, lineLimitBytes);

    private protected abstract PairReader OpenPairs(int lineLimitBytes);

    internal void ThrowIfInvalid()
    {
        if (!(Weight is >= 0.001 and <= 1000))
            throw new ArgumentException(FormattableString.Invariant($"The corpus '{Name}' has weight {Weight}; it must be 0.001 to 1000."));
    }
}

/// <summary>Two text files whose lines belong together: line n of one is the translation of line n of the other.</summary>
/// <param name="SourcePath">The file of source sentences.</param>
/// <param name="TargetPath">The file of target sentences, with as many lines.</param>
public sealed record ParallelFiles(string SourcePath, string TargetPath) : Corpus
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [SourcePath, TargetPath];

    private protected override PairReader OpenPairs(int lineLimitBytes) => new ParallelReader(SourcePath, TargetPath, lineLimitBytes);
}

/// <summary>One file with a pair per line, columns parted by tabs; there is no quoting.</summary>
/// <param name="Path">The file.</param>
/// <param name="SourceColumn">Column of the source sentence, from 1.</param>
/// <param name="TargetColumn">Column of the target sentence, from 1.</param>
public sealed record TabSeparatedFile(string Path, int SourceColumn = 1, int TargetColumn = 2) : Corpus
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [Path];

    private protected override PairReader OpenPairs(int lineLimitBytes) => new TabSeparatedReader(this, lineLimitBytes);
}

/// <summary>One file with a JSON object per line; blank lines are passed over.</summary>
/// <param name="Path">The file.</param>
/// <param name="SourceKey">The key of the source sentence; dots reach into objects within, as in <c>translation.en</c>.</param>
/// <param name="TargetKey">The key of the target sentence.</param>
public sealed record JsonLinesFile(string Path, string SourceKey = "source", string TargetKey = "target") : Corpus
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [Path];

    private protected override PairReader OpenPairs(int lineLimitBytes) => new JsonLinesReader(this, lineLimitBytes);
}

/// <summary>One text file of target sentences that have no source: what a language model learns from.</summary>
public sealed record TargetFile : Corpus
{
    /// <summary>Names the file.</summary>
    /// <param name="path">The file, a sentence a line.</param>
    public TargetFile(string path) => (Path, HasSource) = (path, false);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [Path];

    private protected override PairReader OpenPairs(int lineLimitBytes) => new TargetReader(Path, lineLimitBytes);
}

/// <summary>Pairs that a program has made itself.</summary>
/// <param name="Pairs">The pairs; they must not change while they are used.</param>
public sealed record PairsInMemory(IReadOnlyList<SentencePair> Pairs) : Corpus
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Paths => [];

    /// <inheritdoc/>
    public override string Name => "pairs in memory";

    private protected override PairReader OpenPairs(int lineLimitBytes) => new MemoryReader(Pairs);
}
