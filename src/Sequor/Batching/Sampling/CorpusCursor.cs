namespace Sequor.Batching;

/// <summary>
/// Walks through one corpus in its files for an epoch: in pass p come the pairs whose weight gives them more than p
/// copies. Which line comes next follows from the lines that are kept; only the taken lines are read as text.
/// </summary>
internal sealed class CorpusCursor(Corpus corpus, int index, LineSet kept, CorpusOptions options, ulong seed) : IDisposable
{
    private readonly PairTransform _transform = new(options, corpus);
    private PairReader? _reader;
    private long _epoch;
    private int _pass;
    private long _wantedLine;

    /// <summary>Pairs taken in this epoch.</summary>
    internal long Taken { get; private set; }

    internal bool IsExhausted => _wantedLine < 0;

    /// <summary>How much of the epoch's pairs would be taken halfway through the next one, near 0 to 1.</summary>
    internal double Progress => (Taken + 0.5) / (kept.Count * corpus.Weight);

    internal CorpusPosition Position
    {
        get
        {
            ReaderPlace place = _reader?.Place ?? default;
            return new CorpusPosition(_pass, place.Line, place.Source, place.Target, Taken, place.Alignments);
        }
    }

    internal void MoveTo(long epoch, CorpusPosition position)
    {
        _reader ??= corpus.Open(options.LineLimitBytes);
        (_epoch, _pass, Taken) = (epoch, position.Pass, position.Taken);
        if (_reader.Line != position.Line)
            _reader.Seek(new ReaderPlace(position.Line, position.SourceOffset, position.TargetOffset, position.AlignmentOffset));
        FindWanted();
    }

    /// <summary>Takes the next pair; only when not exhausted.</summary>
    internal NumberedPair Take()
    {
        LineKind kind;
        SentencePair pair;
        do
            kind = _reader!.Read(out pair);
        while (kind != LineKind.End && _reader.Line <= _wantedLine);

        if (kind != LineKind.Text || _reader.Line != _wantedLine + 1)
            throw CorpusException.Changed(corpus.Name);
        NumberedPair taken = _transform.AddPrefixes(NumberedPair.NumberOf(index, _reader.Line), _transform.Apply(pair), _reader.Alignment);
        Taken++;
        FindWanted();
        return taken;
    }

    public void Dispose() => _reader?.Dispose();

    private void FindWanted()
    {
        _wantedLine = NextIn(_pass, _reader!.Line);
        while (_wantedLine < 0 && _pass + 1 < Math.Ceiling(corpus.Weight))
        {
            _pass++;
            _reader.Seek(default);
            _wantedLine = NextIn(_pass, 0);
        }
    }

    private long NextIn(int pass, long line)
    {
        for (line = kept.FirstFrom(line); line >= 0; line = kept.FirstFrom(line + 1))
        {
            if (EpochOrder.Copies(corpus.Weight, NumberedPair.NumberOf(index, line + 1), seed, _epoch) > pass)
                return line;
        }

        return -1;
    }
}
