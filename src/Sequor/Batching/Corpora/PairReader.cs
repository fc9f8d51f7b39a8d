using Sequor.Text;

namespace Sequor.Batching;

/// <summary>Where to go on reading a corpus.</summary>
/// <param name="Line">Lines read.</param>
/// <param name="Source">Bytes of the unpacked source file.</param>
/// <param name="Target">Bytes of the unpacked target file.</param>
/// <param name="Alignments">Bytes of the unpacked file of alignments; 0 where there is none.</param>
internal readonly record struct ReaderPlace(long Line, long Source, long Target, long Alignments = 0);

/// <summary>Reads the pairs of one corpus from its files, one after the other, holding only the one at hand.</summary>
internal abstract class PairReader : IDisposable
{
    /// <summary>Lines read so far; the line of the pair that was read last, from 1.</summary>
    internal abstract long Line { get; }

    /// <summary>Where to go on reading.</summary>
    internal abstract ReaderPlace Place { get; }

    /// <summary>Which words of the pair that was read last belong together; null where nobody says.</summary>
    internal virtual IReadOnlyList<AlignmentLink>? Alignment => null;

    /// <summary>Carriage returns kept as text.</summary>
    internal abstract long LoneCarriageReturns { get; }

    /// <summary>Reads the next pair.</summary>
    /// <returns>What was found; an overlong line on either side makes the pair overlong.</returns>
    internal abstract LineKind Read(out SentencePair pair);

    internal abstract void Seek(ReaderPlace place);

    public abstract void Dispose();
}

/// <summary>Pairs from two files of as many lines.</summary>
internal sealed class ParallelReader : PairReader
{
    private readonly LineReader _source;
    private readonly LineReader _target;

    internal ParallelReader(string sourcePath, string targetPath, int lineLimitBytes)
    {
        _source = new LineReader(sourcePath, lineLimitBytes);
        try
        {
            _target = new LineReader(targetPath, lineLimitBytes);
        }
        catch
        {
            _source.Dispose();
            throw;
        }
    }

    internal override long Line => _source.Line;

    internal override ReaderPlace Place => new(_source.Line, _source.Offset, _target.Offset);

    internal override long LoneCarriageReturns => _source.LoneCarriageReturns + _target.LoneCarriageReturns;

    internal override LineKind Read(out SentencePair pair)
    {
        LineKind source = _source.Read(out string sourceText);
        LineKind target = _target.Read(out string targetText);
        pair = new SentencePair(sourceText, targetText);
        if (source == LineKind.End != (target == LineKind.End))
            throw CorpusException.LineCountsDiffer(_source.Path, CountAll(_source), _target.Path, CountAll(_target));
        return source == LineKind.Overlong || target == LineKind.Overlong ? LineKind.Overlong : source;
    }

    internal override void Seek(ReaderPlace place)
    {
        _source.Seek(place.Source, place.Line);
        _target.Seek(place.Target, place.Line);
    }

    public override void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    private static long CountAll(LineReader reader)
    {
        while (reader.Read(out _) != LineKind.End)
        {
        }

        return reader.Line;
    }
}

/// <summary>Pairs from one file that holds both sides on each line.</summary>
internal abstract class SingleFileReader(string path, int lineLimitBytes) : PairReader
{
    private readonly LineReader _lines = new(path, lineLimitBytes);

    internal override long Line => _lines.Line;

    internal override ReaderPlace Place => new(_lines.Line, _lines.Offset, _lines.Offset);

    internal override long LoneCarriageReturns => _lines.LoneCarriageReturns;

    internal override LineKind Read(out SentencePair pair)
    {
        while (true)
        {
            LineKind kind = _lines.Read(out string line);
            pair = new SentencePair("", "");
            if (kind != LineKind.Text || TrySplit(line, out pair))
                return kind;
        }
    }

    internal override void Seek(ReaderPlace place) => _lines.Seek(place.Source, place.Line);

    public override void Dispose() => _lines.Dispose();

    /// <summary>Finds both sides in a line; false when the line holds no pair and is passed over.</summary>
    protected abstract bool TrySplit(string line, out SentencePair pair);
}
