namespace Sequor.Batching;

/// <summary>Corpora that are read, filtered and encoded, ready to be cut into batches.</summary>
public sealed class TrainingCorpus
{
    private readonly CorpusOptions _options;
    private readonly PairEncoder _encoder;
    private readonly PoolFactory _pools;
    private readonly double[] _weights;

    private TrainingCorpus(IReadOnlyList<Corpus> corpora, PairEncoder encoder, CorpusOptions options)
    {
        (_encoder, _options) = (encoder, options);
        FilteredPairs pairs = new(corpora, options);
        _weights = [.. corpora.Select(corpus => corpus.Weight)];
        IsStreaming = IsStreamed(corpora, options);
        _pools = IsStreaming ? CorpusLoader.FindLines(pairs, corpora, encoder, options)
            : encoder.IsSampling ? CorpusLoader.LoadTexts(pairs, _weights, encoder, options)
            : CorpusLoader.LoadEncoded(pairs, _weights, encoder, options);
        Report = pairs.Report;
    }

    /// <summary>What was found, kept and dropped. In streaming, limits on tokens are applied later and not counted here.</summary>
    public CorpusReport Report { get; }

    /// <summary>Whether the pairs stay in the files and are read anew in every epoch.</summary>
    public bool IsStreaming { get; }

    /// <summary>
    /// Reads corpora through once. Small ones are filtered and encoded into memory; of large ones only the lines that
    /// are kept are remembered, a bit for each, and the text is read again in every epoch, a pool at a time.
    /// </summary>
    /// <param name="corpora">One corpus or several.</param>
    /// <param name="encoder">Text to ids.</param>
    /// <param name="options">How to read them; null takes the defaults.</param>
    /// <exception cref="ArgumentException">There is no corpus, or an option is out of range.</exception>
    /// <exception cref="CorpusException">A file is missing, unreadable, not UTF-8, does not fit its other side, or no pair is left.</exception>
    public static TrainingCorpus Load(IReadOnlyList<Corpus> corpora, PairEncoder encoder, CorpusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(corpora);
        ArgumentNullException.ThrowIfNull(encoder);
        TrainingCorpus corpus = new(corpora, encoder, options ?? new CorpusOptions());
        return corpus.Report.PairsKept > 0 ? corpus : throw new CorpusException(corpus.EmptyMessage);
    }

    /// <summary>The endless sequence of batches.</summary>
    /// <param name="options">How to order and cut; null takes the defaults.</param>
    /// <param name="from">Where to go on; null begins.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a batch cannot hold the longest sentence.</exception>
    public BatchSequence Batches(BatchOptions? options = null, DataPosition? from = null)
    {
        options ??= new BatchOptions();
        options.ThrowIfInvalid();
        return new BatchSequence(_pools(options, LimitsFor(options)), _encoder, options, from ?? DataPosition.Start, EmptyMessage);
    }

    /// <summary>Pairs of an epoch, with the weights of their corpora; an average where a weight is no whole number.</summary>
    public double PairsPerEpoch => _weights.Zip(Report.PairsKeptOf, (weight, pairs) => weight * pairs).Sum();

    /// <summary>
    /// Batches of an epoch: counted for pairs in memory, and estimated from the lengths at the beginning in streaming.
    /// </summary>
    /// <param name="options">How to order and cut; null takes the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a batch cannot hold the longest sentence.</exception>
    public long EstimateBatchesPerEpoch(BatchOptions? options = null)
    {
        options ??= new BatchOptions();
        using BatchSequence batches = Batches(options);
        if (!IsStreaming)
            return batches.CountBatches(epoch: 0);
        double sourceRows = 1 + ((double)Report.Source.Tokens / Report.PairsMeasured);
        double targetRows = 1 + ((double)Report.Target.Tokens / Report.PairsMeasured);
        double unitsPerPair = options.Unit switch
        {
            BatchUnit.Sentences => 1,
            BatchUnit.TargetTokens => targetRows,
            _ => Math.Max(sourceRows, targetRows),
        };
        return (long)Math.Ceiling(PairsPerEpoch * unitsPerPair / options.Size);
    }

    private string EmptyMessage => Report.PairsRead == 0
        ? "The corpora are empty: no pair was read. Check the paths."
        : FormattableString.Invariant($"No pair is left to learn from: {Report.PairsRead} were read and all were dropped ({Dropped}). Loosen these filters.");

    private string Dropped => Report.PairsKept == 0 ? Report.DroppedInWords() : "limits on tokens";

    private static bool IsStreamed(IReadOnlyList<Corpus> corpora, CorpusOptions options) => options.Mode switch
    {
        CorpusMode.InMemory => false,
        CorpusMode.Streaming => true,
        _ => corpora.Sum(corpus => corpus.SizeInBytes) > options.MemoryLimitBytes,
    };

    /// <summary>Every sentence, also one of sampled pieces, must fit into a batch.</summary>
    private CorpusOptions LimitsFor(BatchOptions options)
    {
        if (options.Unit == BatchUnit.Sentences)
            return _options;
        int room = options.Size - 1;
        bool isSourceCounted = options.Unit == BatchUnit.Tokens;
        int longest = Math.Max(
            Longest(Report.Target, _options.MaxTargetTokens),
            isSourceCounted ? Longest(Report.Source, _options.MaxSourceTokens) : 0);
        if (longest > room)
            throw new ArgumentException(TooSmall(options, longest));
        return _options with
        {
            MaxSourceTokens = isSourceCounted ? Stricter(_options.MaxSourceTokens, room) : _options.MaxSourceTokens,
            MaxTargetTokens = Stricter(_options.MaxTargetTokens, room),
        };
    }

    private string TooSmall(BatchOptions options, int longest) => IsStreaming
        ? $"A batch of {options.Size} tokens cannot hold every sentence of a streamed corpus: up to {longest} tokens and one for the end are let in. Make the batch larger or lower the most tokens of a sentence."
        : $"A batch of {options.Size} tokens cannot hold the longest sentence, which has {longest} tokens and one for its end. Make the batch larger or lower the most tokens of a sentence.";

    /// <summary>In streaming the longest sentence is not known, and the limit stands for it.</summary>
    private int Longest(SideReport side, int limit) =>
        limit == 0 ? side.LongestTokens : IsStreaming ? limit : Math.Min(limit, side.LongestTokens);

    private static int Stricter(int limit, int room) => limit == 0 ? room : Math.Min(limit, room);
}
