namespace Sequor.Text.Segmentation;

/// <summary>
/// Byte-pair encoding as SentencePiece does it: characters merge into pieces, the highest score first, the leftmost
/// among equals. With a chance of leaving a merge out it is BPE-dropout (Provilkov et al. 2020).
/// </summary>
internal sealed class BpeSegmenter : Segmenter
{
    private readonly PieceTable _table;
    private readonly SymbolMatcher _symbols;
    private readonly bool _hasUnused;
    private readonly WordBoundaries _boundaries;

    /// <summary>A segmenter over the pieces and the symbols that are kept whole.</summary>
    public BpeSegmenter(PieceTable table, SymbolMatcher symbols)
    {
        _table = table;
        _symbols = symbols;
        _hasUnused = table.HasType(PieceType.Unused);
        _boundaries = new WordBoundaries(table);
    }

    /// <inheritdoc/>
    public override void Segment(Workspace workspace)
    {
        var never = new KeyedRandom(0);
        if (_hasUnused || !_boundaries.Exist)
        {
            // How an unused piece is taken apart depends on its latest merge anywhere in the text.
            Merge(workspace, 0, workspace.Normalized.Length, dropout: 0, ref never);
            return;
        }

        for (int start = 0, length; start < workspace.Normalized.Length; start += length)
        {
            length = _boundaries.FirstWordLength(workspace.Normalized.Written[start..]);
            SegmentWord(workspace, start, length, ref never);
        }
    }

    private void SegmentWord(Workspace workspace, int start, int length, ref KeyedRandom never)
    {
        ReadOnlySpan<byte> word = workspace.Normalized.Written.Slice(start, length);
        uint hash = PieceTable.Hash(word);
        if (workspace.Words.TryEmit(word, hash, start, workspace.Spans))
        {
            return;
        }

        int first = workspace.Spans.Count;
        Merge(workspace, start, start + length, dropout: 0, ref never);
        if (length <= WordCache.MaximumWordLength)
        {
            workspace.Words.Remember(word, hash, start, workspace.Spans, first);
        }
    }

    /// <inheritdoc/>
    public override void Sample(Workspace workspace, SamplingOptions options, ulong key)
    {
        var random = new KeyedRandom(key);
        Merge(workspace, 0, workspace.Normalized.Length, options.Alpha, ref random);
    }

    private void Merge(Workspace workspace, int start, int end, float dropout, ref KeyedRandom random)
    {
        ReadOnlySpan<byte> text = workspace.Normalized.Written;
        MergeBuffers merges = workspace.Merges;
        merges.Clear();
        Split(text, start, end, merges);
        for (int i = 1; i < merges.SymbolCount; i++)
        {
            Consider(text, merges, i - 1, i);
        }

        while (merges.Waiting > 0)
        {
            MergeCandidate next = merges.Pop();
            if (IsStale(merges, next) || (dropout > 0 && random.NextDouble() < dropout))
            {
                continue;
            }

            Join(merges, next);
            Consider(text, merges, merges.Symbols[next.Left].Previous, next.Left);
            Consider(text, merges, next.Left, merges.Symbols[next.Left].Next);
        }

        for (int i = merges.SymbolCount == 0 ? -1 : 0; i >= 0; i = merges.Symbols[i].Next)
        {
            Symbol symbol = merges.Symbols[i];
            Emit(text, workspace, symbol.Start, symbol.Length, symbol.Id);
        }
    }

    private void Split(ReadOnlySpan<byte> text, int start, int end, MergeBuffers merges)
    {
        while (start < end)
        {
            ReadOnlySpan<byte> rest = text[start..end];
            int symbol = _symbols.Match(rest);
            int length = symbol > 0 ? symbol : Utf8.FirstLength(rest);
            merges.AddSymbol(start, length, _table.FindText(rest[..length]), frozen: symbol > 0);
            start += length;
        }
    }

    /// <summary>Lets two neighbours wait for their merge when together they spell a piece.</summary>
    private void Consider(ReadOnlySpan<byte> text, MergeBuffers merges, int left, int right)
    {
        Span<Symbol> symbols = merges.Symbols;
        if (left < 0 || right < 0 || symbols[left].Frozen || symbols[right].Frozen)
        {
            return;
        }

        int length = symbols[left].Length + symbols[right].Length;
        int id = _table.FindText(text.Slice(symbols[left].Start, length));
        if (id < 0)
        {
            return;
        }

        merges.Push(new MergeCandidate(_table.ScoreOf(id), left, right, length, id));
        if (_hasUnused && _table.TypeOf(id) == PieceType.Unused)
        {
            merges.Parts[id] = new MergeParts(symbols[left].Id, symbols[left].Length, symbols[right].Id);
        }
    }

    private static bool IsStale(MergeBuffers merges, in MergeCandidate candidate)
    {
        int left = merges.Symbols[candidate.Left].Length;
        int right = merges.Symbols[candidate.Right].Length;
        return left == 0 || right == 0 || left + right != candidate.Length;
    }

    private static void Join(MergeBuffers merges, in MergeCandidate candidate)
    {
        Span<Symbol> symbols = merges.Symbols;
        ref Symbol left = ref symbols[candidate.Left];
        ref Symbol right = ref symbols[candidate.Right];
        left.Length = candidate.Length;
        left.Id = candidate.Id;
        left.Next = right.Next;
        if (right.Next >= 0)
        {
            symbols[right.Next].Previous = candidate.Left;
        }

        right.Length = 0;
    }

    /// <summary>Appends a symbol's piece, or the pieces that an unused one was merged from.</summary>
    private void Emit(ReadOnlySpan<byte> text, Workspace workspace, int start, int length, int id)
    {
        int emitted = _table.Emitted(text.Slice(start, length), id);
        if (_table.TypeOf(emitted) == PieceType.Unused && workspace.Merges.Parts.TryGetValue(id, out MergeParts parts))
        {
            Emit(text, workspace, start, parts.LeftLength, parts.LeftId);
            Emit(text, workspace, start + parts.LeftLength, length - parts.LeftLength, parts.RightId);
            return;
        }

        workspace.Spans.Add(new PieceSpan(start, length, emitted));
    }
}
