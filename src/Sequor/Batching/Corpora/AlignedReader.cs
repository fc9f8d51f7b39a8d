using Sequor.Text;

namespace Sequor.Batching;

/// <summary>Pairs with the alignments of their words: line n of the file of alignments belongs to line n of the corpus.</summary>
internal sealed class AlignedReader : PairReader
{
    private readonly PairReader _pairs;
    private readonly LineReader _lines;
    private IReadOnlyList<AlignmentLink>? _alignment;

    internal AlignedReader(PairReader pairs, string path, int lineLimitBytes)
    {
        _pairs = pairs;
        try
        {
            _lines = new LineReader(path, lineLimitBytes, "file of alignments");
        }
        catch
        {
            pairs.Dispose();
            throw;
        }
    }

    internal override long Line => _pairs.Line;

    internal override ReaderPlace Place => _pairs.Place with { Alignments = _lines.Offset };

    internal override long LoneCarriageReturns => _pairs.LoneCarriageReturns;

    internal override IReadOnlyList<AlignmentLink>? Alignment => _alignment;

    internal override LineKind Read(out SentencePair pair)
    {
        _alignment = null;
        LineKind kind = _pairs.Read(out pair);
        if (kind == LineKind.End)
        {
            RequireEnd();
            return kind;
        }

        LineKind aligned = LineKind.End;
        string text = "";
        while (_lines.Line < _pairs.Line)
        {
            aligned = _lines.Read(out text);
            if (aligned == LineKind.End)
                throw CorpusException.AlignmentsEnd(_lines.Path, _lines.Line, CountPairs());
        }

        if (aligned == LineKind.Overlong || kind == LineKind.Overlong)
            return LineKind.Overlong;
        _alignment = Parse(text, pair);
        return kind;
    }

    internal override void Seek(ReaderPlace place)
    {
        _pairs.Seek(place);
        _lines.Seek(place.Alignments, place.Line);
    }

    public override void Dispose()
    {
        _pairs.Dispose();
        _lines.Dispose();
    }

    private IReadOnlyList<AlignmentLink> Parse(string text, in SentencePair pair)
    {
        if (!AlignmentLine.TryParse(text, out IReadOnlyList<AlignmentLink> links, out string? fault))
            throw CorpusException.NotAligned(_lines.Path, _lines.Line, fault!);
        (int sources, int targets) = (AlignmentLine.WordsOf(pair.Source).Length, AlignmentLine.WordsOf(pair.Target).Length);
        for (int i = 0; i < links.Count; i++)
        {
            if (links[i].Source >= sources || links[i].Target >= targets)
                throw CorpusException.LinkOutside(_lines.Path, _lines.Line, i + 1, links[i], sources, targets);
        }

        return links;
    }

    /// <summary>Blank lines that end a JSON-lines file need no line here; lines beyond the corpus show that the two have come apart.</summary>
    private void RequireEnd()
    {
        while (_lines.Read(out _) != LineKind.End)
        {
        }

        if (_lines.Line > _pairs.Line)
            throw CorpusException.AlignmentsEnd(_lines.Path, _lines.Line, _pairs.Line);
    }

    private long CountPairs()
    {
        while (_pairs.Read(out _) != LineKind.End)
        {
        }

        return _pairs.Line;
    }
}
