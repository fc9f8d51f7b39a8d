namespace Sequor.Text.Segmentation;

/// <summary>The buffers of one encoding at a time; rented, so that a steady stream of lines allocates only its results.</summary>
internal sealed class Workspace
{
    /// <summary>The text as it came, UTF-8.</summary>
    public ByteBuffer Source { get; } = new();

    /// <summary>The text normalised.</summary>
    public ByteBuffer Normalized { get; } = new();

    /// <summary>The segmentation.</summary>
    public List<PieceSpan> Spans { get; } = [];

    /// <summary>What byte-pair merging keeps between its steps.</summary>
    public MergeBuffers Merges { get; } = new();

    /// <summary>How the latest words were cut; only byte-pair models keep any.</summary>
    public WordCache Words => field ??= new WordCache();

    /// <summary>The best paths of the unigram search, one for every byte of the text.</summary>
    public BestPath[] Paths { get; private set; } = [];

    /// <summary>Makes <see cref="Paths"/> hold this many, all cleared.</summary>
    public void ResetPaths(int count)
    {
        if (Paths.Length < count)
        {
            Paths = new BestPath[Math.Max(count, Paths.Length * 2)];
        }

        Array.Fill(Paths, BestPath.None, 0, count);
    }

    /// <summary>Empties the text buffers for the next line.</summary>
    public void Clear()
    {
        Source.Clear();
        Normalized.Clear();
        Spans.Clear();
    }
}

/// <summary>The best way to a place in the text.</summary>
/// <param name="Score">The sum of the pieces' scores.</param>
/// <param name="Start">Where the last piece begins, or -1 when no way leads here yet.</param>
/// <param name="Id">The last piece.</param>
internal readonly record struct BestPath(float Score, int Start, int Id)
{
    /// <summary>A place that no way leads to yet.</summary>
    public static BestPath None { get; } = new(0, -1, -1);
}
