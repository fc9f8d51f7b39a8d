namespace Sequor.Text.Segmentation;

/// <summary>
/// The most probable segmentation under a unigram model (Kudo 2018), found from left to right over the text's bytes.
/// Sums are rounded where SentencePiece rounds them, so that ties fall the same way.
/// </summary>
internal sealed class UnigramSegmenter : Segmenter
{
    /// <summary>How much worse than the worst piece a character is that no piece covers.</summary>
    private const float UnknownPenalty = 10;

    /// <summary>What a user-defined symbol's score lacks to the best that its bytes could have, one by one.</summary>
    private const double UserDefinedPenalty = 0.1;

    private readonly PieceTable _table;
    private readonly DoubleArray _trie;
    private readonly float _unknownScore;
    private readonly float _maximumScore;

    /// <summary>A segmenter over the pieces.</summary>
    public UnigramSegmenter(PieceTable table)
    {
        _table = table;
        var entries = new List<(byte[] Key, int Value)>(table.Count);
        float minimum = float.MaxValue;
        float maximum = SmallestNormal;
        for (int id = 0; id < table.Count; id++)
        {
            if (PieceTable.IsText(table.TypeOf(id)))
            {
                entries.Add((table.BytesOf(id), id));
            }

            if (table.TypeOf(id) == PieceType.Normal)
            {
                minimum = Math.Min(minimum, table.ScoreOf(id));
                maximum = Math.Max(maximum, table.ScoreOf(id));
            }
        }

        _trie = DoubleArrayBuilder.Build([.. entries]);
        _unknownScore = minimum - UnknownPenalty;
        _maximumScore = maximum;
    }

    /// <summary>FLT_MIN: SentencePiece begins its search for the highest score here, so no maximum lies below it.</summary>
    private static float SmallestNormal => BitConverter.UInt32BitsToSingle(0x00800000);

    /// <inheritdoc/>
    public override void Segment(Workspace workspace)
    {
        ReadOnlySpan<byte> text = workspace.Normalized.Written;
        workspace.ResetPaths(text.Length + 1);
        BestPath[] paths = workspace.Paths;
        for (int start = 0; start < text.Length;)
        {
            int length = Utf8.FirstLength(text[start..]);
            Extend(text, start, length, paths);
            start += length;
        }

        int first = workspace.Spans.Count;
        for (int end = text.Length; end > 0; end = paths[end].Start)
        {
            workspace.Spans.Add(new PieceSpan(paths[end].Start, end - paths[end].Start, paths[end].Id));
        }

        workspace.Spans.Reverse(first, workspace.Spans.Count - first);
    }

    /// <summary>Tries every piece that begins at a place, and the unknown one where no piece is just its first character.</summary>
    private void Extend(ReadOnlySpan<byte> text, int start, int characterLength, BestPath[] paths)
    {
        float here = paths[start].Score;
        bool coversCharacter = false;
        uint node = _trie.Root;
        for (int end = start; end < text.Length && _trie.Step(ref node, text[end], out int id);)
        {
            end++;
            if (id < 0 || _table.TypeOf(id) == PieceType.Unused)
            {
                continue;
            }

            int length = end - start;
            double score = _table.TypeOf(id) == PieceType.UserDefined
                ? (length * _maximumScore) - UserDefinedPenalty
                : _table.ScoreOf(id);
            Improve(ref paths[end], score + here, start, id);
            coversCharacter |= length == characterLength;
        }

        if (!coversCharacter)
        {
            float score = _unknownScore + here;
            Improve(ref paths[start + characterLength], score, start, _table.UnknownId);
        }
    }

    /// <inheritdoc/>
    public override void Sample(Workspace workspace, SamplingOptions options, ulong key)
    {
        var random = new KeyedRandom(key);
        if (options.CandidateCount < 0)
        {
            workspace.Spans.AddRange(LatticeSampler.Sample(LatticeOf(workspace.Normalized.Written), options.Alpha, ref random));
        }
        else if (options.CandidateCount <= 1)
        {
            Segment(workspace);
        }
        else
        {
            List<ScoredSpans> candidates = Candidates(workspace.Normalized.Written, options.CandidateCount);
            workspace.Spans.AddRange(Draw(candidates, options.Alpha, random.NextDouble()));
        }
    }

    /// <summary>The best segmentations, best first; one empty one for an empty text.</summary>
    public List<ScoredSpans> Candidates(ReadOnlySpan<byte> text, int count)
    {
        if (text.IsEmpty)
        {
            return [new ScoredSpans([], 0)];
        }

        Lattice lattice = LatticeOf(text);
        var candidates = new List<ScoredSpans>(count);
        foreach (List<PieceSpan> spans in BestPathsSearch.Find(lattice, count))
        {
            float score = 0;
            foreach (PieceSpan span in spans)
            {
                score += ScoreInLattice(text, span);
            }

            candidates.Add(new ScoredSpans(spans, score));
        }

        return candidates;
    }

    private static List<PieceSpan> Draw(List<ScoredSpans> candidates, float alpha, double chance)
    {
        double best = candidates.Max(candidate => candidate.Score);
        double[] weights = [.. candidates.Select(candidate => Math.Exp(alpha * (candidate.Score - best)))];
        double rest = chance * weights.Sum();
        int drawn = 0;
        while (drawn < weights.Length - 1 && rest >= weights[drawn])
        {
            rest -= weights[drawn++];
        }

        return candidates[drawn].Spans;
    }

    private Lattice LatticeOf(ReadOnlySpan<byte> text)
    {
        var lattice = new Lattice(text.Length);
        for (int start = 0, next; start < text.Length; start = next)
        {
            next = start + Utf8.FirstLength(text[start..]);
            bool coversCharacter = false;
            uint node = _trie.Root;
            for (int end = start; end < text.Length && _trie.Step(ref node, text[end], out int id);)
            {
                end++;
                if (id >= 0 && _table.TypeOf(id) != PieceType.Unused)
                {
                    var span = new PieceSpan(start, end - start, id);
                    lattice.Add(start, span.Length, id, ScoreInLattice(text, span));
                    coversCharacter |= end == next;
                }
            }

            if (!coversCharacter)
            {
                lattice.Add(start, next - start, _table.UnknownId, _unknownScore);
            }
        }

        return lattice;
    }

    /// <summary>A piece's score among candidates; a user-defined symbol's length counts in characters there.</summary>
    private float ScoreInLattice(ReadOnlySpan<byte> text, PieceSpan span)
    {
        if (span.Id == _table.UnknownId)
        {
            return _unknownScore;
        }

        return _table.TypeOf(span.Id) == PieceType.UserDefined
            ? (float)((Utf8.CharacterCount(text.Slice(span.Start, span.Length)) * _maximumScore) - UserDefinedPenalty)
            : _table.ScoreOf(span.Id);
    }

    private static void Improve(ref BestPath path, double score, int start, int id)
    {
        if (path.Start < 0 || score > path.Score)
        {
            path = new BestPath((float)score, start, id);
        }
    }
}
