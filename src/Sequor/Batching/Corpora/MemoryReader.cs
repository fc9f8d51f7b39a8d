namespace Sequor.Batching;

/// <summary>Pairs that are in memory already.</summary>
internal sealed class MemoryReader(IReadOnlyList<SentencePair> pairs) : PairReader
{
    private int _next;

    internal override long Line => _next;

    internal override ReaderPlace Place => new(_next, 0, 0);

    internal override long LoneCarriageReturns => 0;

    internal override LineKind Read(out SentencePair pair)
    {
        bool isEnd = _next >= pairs.Count;
        pair = isEnd ? default : pairs[_next++];
        return isEnd ? LineKind.End : LineKind.Text;
    }

    internal override void Seek(ReaderPlace place) => _next = checked((int)place.Line);

    public override void Dispose()
    {
    }
}
