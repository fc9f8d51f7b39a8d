namespace Sequor.Batching;

/// <summary>Corpora that are read, filtered and encoded, ready to be cut into batches.</summary>
public sealed class TrainingCorpus
{
    private readonly CorpusOptions _options;
    private readonly PairEncoder _encoder;
    private readonly IReadOnlyList<double> _weights;
    private readonly EncodedPairs? _encoded;
    private readonly TextPairs? _texts;
    private readonly IReadOnlyList<long> _numbers;

    private TrainingCorpus(IEnumerable<NumberedPair> pairs, Func<CorpusReport> report, IReadOnlyList<double> weights, PairEncoder encoder, CorpusOptions options)
    {
        (_encoder, _weights, _options) = (encoder, weights, options);
        _encoded = encoder.IsSampling ? null : new EncodedPairs(encoder.SourceVocabularySize, encoder.TargetVocabularySize);
        _texts = encoder.IsSampling ? new TextPairs() : null;
        PairPieces pieces = new(encoder with { SampledSource = null, SampledTarget = null }, options, seed: 0);
        foreach (NumberedPair pair in pairs)
            Keep(pair, pieces, report());
        Report = report();
        _numbers = _texts?.Numbers ?? _encoded!.Numbers;
    }

    /// <summary>What was found, kept and dropped.</summary>
    public CorpusReport Report { get; }

    /// <summary>Whether the pairs stay in the files and are read anew in every epoch.</summary>
    public bool IsStreaming => false;

    /// <summary>Reads, filters and encodes corpora.</summary>
    /// <param name="corpora">One corpus or several.</param>
    /// <param name="encoder">Text to ids.</param>
    /// <param name="options">How to read them; null takes the defaults.</param>
    /// <exception cref="ArgumentException">There is no corpus, or an option is out of range.</exception>
    /// <exception cref="CorpusException">A file is missing, unreadable, not UTF-8, does not fit its other side, or no pair is left.</exception>
    public static TrainingCorpus Load(IReadOnlyList<CorpusFiles> corpora, PairEncoder encoder, CorpusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        FilteredPairs pairs = new(corpora, options);
        return new TrainingCorpus(pairs, () => pairs.Report, [.. corpora.Select(corpus => corpus.Weight)], encoder, options ?? new CorpusOptions()).OrThrowIfEmpty();
    }

    /// <summary>The endless sequence of batches.</summary>
    /// <param name="options">How to order and cut; null takes the defaults.</param>
    /// <param name="from">Where to go on; null begins.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a batch cannot hold the longest sentence.</exception>
    public BatchSequence Batches(BatchOptions? options = null, DataPosition? from = null)
    {
        options ??= new BatchOptions();
        options.ThrowIfInvalid();
        CorpusOptions limits = LimitsFor(options);
        EpochOrder order = new(_numbers, _weights, options);
        IPoolSource source = _texts is null
            ? new MemoryPools(_encoded!, order, options.PoolSentences)
            : new SampledPools(_texts, order, new PairPieces(_encoder, limits, options.Seed), options.PoolSentences);
        return new BatchSequence(source, _encoder, options, from ?? DataPosition.Start, EmptyMessage);
    }

    private string EmptyMessage => Report.PairsRead == 0
        ? "The corpora are empty: no pair was read. Check the paths."
        : FormattableString.Invariant($"No pair is left to learn from: of {Report.PairsRead} read, all were dropped ({Report.DroppedInWords()}). Loosen these filters.");

    private TrainingCorpus OrThrowIfEmpty() => Report.PairsKept > 0 ? this : throw new CorpusException(EmptyMessage);

    private void Keep(in NumberedPair pair, PairPieces pieces, CorpusReport report)
    {
        (int[] source, int[] target) = _encoder.Encode(pair);
        if (PairFilter.JudgeTokens(source.Length, target.Length, _options) is DropReason reason)
        {
            report.Drop(reason);
            return;
        }

        report.Measure(pair, source, target, _encoder);
        if (_options.IsOverlongSource(source.Length) || _options.IsOverlongTarget(target.Length))
            report.PairsTruncated++;
        _texts?.Add(pair);
        if (_encoded is not null)
            pieces.AddPieces(_encoded, pair.Number, source, target);
    }

    /// <summary>Sampled pieces must fit a batch too; the pieces that are not sampled have to.</summary>
    private CorpusOptions LimitsFor(BatchOptions options)
    {
        if (options.Unit == BatchUnit.Sentences)
            return _options;
        int room = options.Size - 1;
        int longestSource = Longest(Report.Source, _options.MaxSourceTokens);
        int longestTarget = Longest(Report.Target, _options.MaxTargetTokens);
        int longest = options.Unit == BatchUnit.TargetTokens ? longestTarget : Math.Max(longestSource, longestTarget);
        if (longest > room)
            throw new ArgumentException($"A batch of {options.Size} tokens cannot hold the longest sentence, which has {longest} tokens and one for its end. Make the batch larger or lower the most tokens of a sentence.");
        return _options with
        {
            MaxSourceTokens = options.Unit == BatchUnit.TargetTokens ? _options.MaxSourceTokens : Stricter(_options.MaxSourceTokens, room),
            MaxTargetTokens = Stricter(_options.MaxTargetTokens, room),
        };
    }

    private static int Longest(SideReport side, int limit) => limit == 0 ? side.LongestTokens : Math.Min(limit, side.LongestTokens);

    private static int Stricter(int limit, int room) => limit == 0 ? room : Math.Min(limit, room);
}
