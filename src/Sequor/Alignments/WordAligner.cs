using Sequor.Tensors.Cpu;
using Sequor.Text;

namespace Sequor.Alignments;

/// <summary>Which directions an aligner learns.</summary>
[Flags]
public enum AlignmentDirections
{
    /// <summary>Target words are predicted from source words.</summary>
    Forward = 1,

    /// <summary>Source words are predicted from target words.</summary>
    Reverse = 2,

    /// <summary>Both.</summary>
    Both = Forward | Reverse,
}

/// <summary>The alignment of one pair.</summary>
/// <param name="Links">Its links, by source word, then by target word.</param>
/// <param name="Forward">log p(target | source) in nats; null where that direction was not learnt.</param>
/// <param name="Reverse">log p(source | target) in nats; null where that direction was not learnt.</param>
public sealed record PairAlignment(IReadOnlyList<AlignmentLink> Links, double? Forward, double? Reverse);

/// <summary>
/// Links the words of sentences and their translations, learnt from nothing but such pairs: IBM Model 1 (Brown et al. 1993) or its reparameterised
/// second model with a diagonal prior (Dyer, Chahuneau and Smith 2013). Immutable and thread-safe.
/// </summary>
public sealed class WordAligner
{
    private const int PairsPerShare = 512;
    private const int PairsPerBlock = 1 << 16;

    internal WordAligner(WordNumbers sourceWords, WordNumbers targetWords, bool isOfPieces, DirectedAligner? forward, DirectedAligner? reverse)
    {
        (SourceWords, TargetWords, IsOfPieces) = (sourceWords, targetWords, isOfPieces);
        (Forward, Reverse) = (forward, reverse);
    }

    /// <summary>The source words it knows.</summary>
    public WordNumbers SourceWords { get; }

    /// <summary>The target words it knows.</summary>
    public WordNumbers TargetWords { get; }

    /// <summary>Whether words are the pieces of a vocabulary, numbered by its ids.</summary>
    public bool IsOfPieces { get; }

    /// <summary>Predicts target words; null where that direction was not learnt.</summary>
    public DirectedAligner? Forward { get; }

    /// <summary>Predicts source words; null where that direction was not learnt.</summary>
    public DirectedAligner? Reverse { get; }

    /// <summary>Learns from pairs. The result depends on the pairs and options only, not on the number of threads.</summary>
    /// <param name="corpus">The pairs; those with an empty side are passed over.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="directions">What to learn. Default both.</param>
    /// <param name="report">Told of each pass.</param>
    /// <param name="stop">Looked at many times a pass.</param>
    /// <exception cref="ArgumentException">The options have faults, a word has no number, or the corpus holds no pair of two sentences with words.</exception>
    /// <exception cref="OperationCanceledException">Someone wants the work to end.</exception>
    public static WordAligner Train(
        AlignmentCorpus corpus, AlignerOptions? options = null, AlignmentDirections directions = AlignmentDirections.Both,
        Action<AlignerProgress>? report = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        options ??= new AlignerOptions();
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        RequireWords(corpus);

        DirectedAligner Learn(SentenceStore given, SentenceStore written, int givenWords, int writtenWords, bool isReverse) =>
            new AlignmentTraining(given, written, (givenWords, writtenWords), options, WorkerPool.Shared.Threads, stop).Run(
                (iteration, likelihood, words, tension) => report?.Invoke(new AlignerProgress(isReverse, iteration, likelihood, words, tension)));

        return new WordAligner(
            corpus.SourceWords, corpus.TargetWords, corpus.IsOfPieces,
            directions.HasFlag(AlignmentDirections.Forward)
                ? Learn(corpus.Sources, corpus.Targets, corpus.SourceWords.Count, corpus.TargetWords.Count, isReverse: false)
                : null,
            directions.HasFlag(AlignmentDirections.Reverse)
                ? Learn(corpus.Targets, corpus.Sources, corpus.TargetWords.Count, corpus.SourceWords.Count, isReverse: true)
                : null);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">The file is something else, damaged or of a newer format.</exception>
    public static WordAligner Load(string path) => AlignerFile.Read(path);

    /// <summary>Writes all that is needed to align other text.</summary>
    /// <param name="path">The file to write; replaced only when the new one is complete.</param>
    public void Save(string path) => AlignerFile.Write(path, this);

    /// <summary>Aligns one pair.</summary>
    /// <param name="source">Numbers of the source words; -1 for one that is not known.</param>
    /// <param name="target">Numbers of the target words; -1 for one that is not known.</param>
    /// <param name="method">How the directions are joined.</param>
    /// <exception cref="InvalidOperationException">The method needs a direction that was not learnt.</exception>
    public PairAlignment Align(ReadOnlySpan<int> source, ReadOnlySpan<int> target, SymmetrizationMethod method)
    {
        RequireDirections(method);
        int[] forward = new int[target.Length];
        int[] reverse = new int[source.Length];
        Array.Fill(forward, -1);
        Array.Fill(reverse, -1);
        double? forwardScore = Forward?.Align(source, target, forward);
        double? reverseScore = Reverse?.Align(target, source, reverse);
        return new PairAlignment(Symmetrization.Join(forward, reverse, method), forwardScore, reverseScore);
    }

    /// <summary>Aligns pairs on all threads, as they are asked for.</summary>
    /// <param name="corpus">The pairs, numbered by this aligner's words.</param>
    /// <param name="method">How the directions are joined.</param>
    /// <param name="stop">Looked at every few hundred pairs.</param>
    /// <returns>An alignment for each pair, in their order.</returns>
    /// <exception cref="InvalidOperationException">The method needs a direction that was not learnt.</exception>
    /// <exception cref="OperationCanceledException">Someone wants the work to end.</exception>
    public IEnumerable<PairAlignment> AlignAll(AlignmentCorpus corpus, SymmetrizationMethod method, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        RequireDirections(method);
        return Blocks(corpus, method, stop);
    }

    private IEnumerable<PairAlignment> Blocks(AlignmentCorpus corpus, SymmetrizationMethod method, CancellationToken stop)
    {
        for (int first = 0; first < corpus.Count; first += PairsPerBlock)
        {
            int from = first;
            var block = new PairAlignment[Math.Min(PairsPerBlock, corpus.Count - first)];
            Shares.Run((block.Length + PairsPerShare - 1) / PairsPerShare, WorkerPool.Shared.Threads, stop, share =>
            {
                int end = Math.Min(block.Length, (share + 1) * PairsPerShare);
                for (int i = share * PairsPerShare; i < end; i++)
                    block[i] = Align(corpus.Source(from + i), corpus.Target(from + i), method);
            });
            foreach (PairAlignment alignment in block)
                yield return alignment;
        }
    }

    private static void RequireWords(AlignmentCorpus corpus)
    {
        bool holdsWords = false;
        (int sources, int targets) = (corpus.SourceWords.Count, corpus.TargetWords.Count);
        for (int pair = 0; pair < corpus.Count; pair++)
        {
            ReadOnlySpan<int> source = corpus.Source(pair);
            ReadOnlySpan<int> target = corpus.Target(pair);
            if (source.ContainsAnyExceptInRange(0, sources - 1) || target.ContainsAnyExceptInRange(0, targets - 1))
                throw new ArgumentException($"Pair {pair} of the corpus has a word without a number, or with one beyond the words there are; number all words to learn from them.", nameof(corpus));
            holdsWords |= !source.IsEmpty && !target.IsEmpty;
        }

        if (!holdsWords)
            throw new ArgumentException("The corpus holds no pair whose two sides have words; there is nothing to learn from.", nameof(corpus));
    }

    private void RequireDirections(SymmetrizationMethod method)
    {
        string? missing = Forward is null && method != SymmetrizationMethod.Reverse ? "forward (source to target)"
            : Reverse is null && method != SymmetrizationMethod.Forward ? "reverse (target to source)"
            : null;
        if (missing is not null)
            throw new InvalidOperationException($"{method} needs the {missing} direction, which this aligner has not learnt. Train it with both directions.");
    }
}
