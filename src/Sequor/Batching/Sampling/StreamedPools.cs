namespace Sequor.Batching;

/// <summary>
/// Pools read from the files in the order of their lines. Several corpora are mixed so that each is through by the
/// same share at any time.
/// </summary>
internal sealed class StreamedPools(IReadOnlyList<CorpusCursor> cursors, PairPieces pieces, int poolSentences) : IPoolSource
{
    public Pool Read(DataPosition start)
    {
        for (int i = 0; i < cursors.Count; i++)
            cursors[i].MoveTo(start.Epoch, i < start.Corpora.Count ? start.Corpora[i] : default);

        EncodedPairs pairs = pieces.NewStore();
        CorpusCursor? next = Hindmost();
        for (int taken = 0; taken < poolSentences && next is not null; taken++)
        {
            pieces.Add(pairs, next.Take(), start.Epoch);
            next = Hindmost();
        }

        DataPosition after = next is null
            ? new DataPosition { Epoch = start.Epoch + 1 }
            : new DataPosition { Epoch = start.Epoch, Pool = start.Pool + 1, Corpora = [.. cursors.Select(cursor => cursor.Position)] };
        return new Pool(pairs, [.. Enumerable.Range(0, pairs.Count)], after);
    }

    public void Dispose()
    {
        foreach (CorpusCursor cursor in cursors)
            cursor.Dispose();
    }

    /// <summary>The corpus that is through by the smallest share; the first of equals; null when all are through.</summary>
    private CorpusCursor? Hindmost()
    {
        CorpusCursor? hindmost = null;
        foreach (CorpusCursor cursor in cursors)
        {
            if (!cursor.IsExhausted && (hindmost is null || cursor.Progress < hindmost.Progress))
                hindmost = cursor;
        }

        return hindmost;
    }
}
