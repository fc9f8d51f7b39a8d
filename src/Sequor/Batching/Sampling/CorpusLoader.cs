namespace Sequor.Batching;

/// <summary>Makes the pools of a training for given batch options, within given length limits.</summary>
internal delegate IPoolSource PoolFactory(BatchOptions options, CorpusOptions limits);

/// <summary>Reads corpora once: into memory, or only to find every fault and the lines that are kept.</summary>
internal static class CorpusLoader
{
    // Enough for lengths to a per cent, and soon done.
    private const int StreamedPairsMeasured = 10_000;

    internal static PoolFactory LoadEncoded(FilteredPairs pairs, IReadOnlyList<double> weights, PairEncoder encoder, CorpusOptions options)
    {
        PairPieces pieces = new(encoder, options, seed: 0);
        EncodedPairs encoded = pieces.NewStore();
        foreach (NumberedPair pair in pairs)
        {
            if (TryMeasure(pair, encoder, options, pairs.Report, out int[] source, out int[] target))
                pieces.AddPieces(encoded, pair, source, target);
        }

        return (batch, _) => new MemoryPools(encoded, new EpochOrder(encoded.Numbers, weights, batch), batch.PoolSentences);
    }

    internal static PoolFactory LoadTexts(FilteredPairs pairs, IReadOnlyList<double> weights, PairEncoder encoder, CorpusOptions options)
    {
        TextPairs texts = new();
        foreach (NumberedPair pair in pairs)
        {
            if (TryMeasure(pair, encoder, options, pairs.Report, out _, out _))
                texts.Add(pair);
        }

        return (batch, limits) => new SampledPools(
            texts, new EpochOrder(texts.Numbers, weights, batch), new PairPieces(encoder, limits, batch.Seed), batch.PoolSentences);
    }

    internal static PoolFactory FindLines(FilteredPairs pairs, IReadOnlyList<Corpus> corpora, PairEncoder encoder, CorpusOptions options)
    {
        LineSet[] kept = [.. corpora.Select(_ => new LineSet())];
        int measured = 0;
        foreach (NumberedPair pair in pairs)
        {
            kept[pair.Corpus].Add(pair.Line - 1);
            if (measured++ < StreamedPairsMeasured)
                pairs.Report.Measure(pair, encoder.Source(pair.Source), encoder.Target(pair.Target), encoder);
        }

        return (batch, limits) => new StreamedPools(
            [.. corpora.Select((corpus, index) => new CorpusCursor(corpus, index, kept[index], options, batch.Seed))],
            new PairPieces(encoder, limits, batch.Seed),
            batch.PoolSentences);
    }

    private static bool TryMeasure(in NumberedPair pair, PairEncoder encoder, CorpusOptions options, CorpusReport report, out int[] source, out int[] target)
    {
        (source, target) = encoder.Encode(pair);
        if (PairFilter.JudgeTokens(pair, source, target, options) is DropReason reason)
        {
            report.DropKept(pair.Corpus, reason);
            return false;
        }

        report.Measure(pair, source, target, encoder);
        if (options.IsOverlongSource(source.Length) || options.IsOverlongTarget(target.Length))
            report.PairsTruncated++;
        return true;
    }
}
