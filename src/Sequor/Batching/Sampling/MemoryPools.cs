namespace Sequor.Batching;

/// <summary>Pools of encoded pairs that are all in memory.</summary>
internal sealed class MemoryPools(EncodedPairs pairs, EpochOrder order, int poolSentences) : IPoolSource
{
    public Pool Read(DataPosition start)
    {
        (int[] members, DataPosition next) = Members(order, start, poolSentences);
        return new Pool(pairs, members, next);
    }

    public void Dispose()
    {
    }

    internal static (int[] Members, DataPosition Next) Members(EpochOrder order, DataPosition start, int poolSentences)
    {
        ReadOnlySpan<int> epoch = order.Of(start.Epoch);
        int first = (int)Math.Min(start.Pool * poolSentences, epoch.Length);
        int count = Math.Min(poolSentences, epoch.Length - first);
        DataPosition next = first + count == epoch.Length
            ? new DataPosition { Epoch = start.Epoch + 1 }
            : new DataPosition { Epoch = start.Epoch, Pool = start.Pool + 1 };
        return (epoch.Slice(first, count).ToArray(), next);
    }
}
