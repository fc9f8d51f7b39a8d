namespace Sequor.Batching;

/// <summary>
/// Encodes pairs for an epoch within the length limits. The limits judge the pieces that are not sampled; sampled
/// pieces that would exceed them give way to those, so that no epoch loses a pair to chance.
/// </summary>
internal sealed class PairPieces(PairEncoder encoder, CorpusOptions options, ulong seed)
{
    internal EncodedPairs NewStore() => new(encoder.SourceVocabularySize, encoder.TargetVocabularySize);

    /// <summary>Adds the pair unless its tokens rule it out.</summary>
    internal void Add(EncodedPairs pairs, in NumberedPair pair, long epoch)
    {
        (int[] source, int[] target) = encoder.Encode(pair);
        if (PairFilter.JudgeTokens(pair, source, target, options) is not null)
            return;

        if (encoder.IsSampling)
        {
            (int[] sampledSource, int[] sampledTarget) = encoder.Sample(pair, seed, epoch);
            source = options.IsOverlongSource(sampledSource.Length) ? source : sampledSource;
            target = options.IsOverlongTarget(sampledTarget.Length) ? target : sampledTarget;
        }

        AddPieces(pairs, pair, source, target);
    }

    /// <summary>Adds pieces that are judged already, cut at the limits.</summary>
    internal void AddPieces(EncodedPairs pairs, in NumberedPair pair, int[] source, int[] target)
    {
        ReadOnlySpan<int> keptSource = CutSource(source);
        ReadOnlySpan<int> keptTarget = CutTarget(target);
        IReadOnlyList<PieceLink> links = PieceLinks.Of(pair, source, target, encoder) ?? [];
        if (keptSource.Length < source.Length || keptTarget.Length < target.Length)
        {
            (int sources, int targets) = (keptSource.Length, keptTarget.Length);
            links = [.. links.Where(link => link.Source < sources && link.Target < targets)];
        }

        pairs.Add(pair.Number, keptSource, keptTarget, links);
    }

    private ReadOnlySpan<int> CutSource(int[] ids) => options.IsOverlongSource(ids.Length) ? ids.AsSpan(0, options.MaxSourceTokens) : ids;

    private ReadOnlySpan<int> CutTarget(int[] ids) => options.IsOverlongTarget(ids.Length) ? ids.AsSpan(0, options.MaxTargetTokens) : ids;
}
