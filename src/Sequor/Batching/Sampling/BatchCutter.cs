using System.Runtime.InteropServices;

namespace Sequor.Batching;

/// <summary>Cuts a pool into batches: a function of the pool, the options, the epoch and the pool's place in it.</summary>
internal static class BatchCutter
{
    /// <summary>The batches as indices into the pool's pairs.</summary>
    internal static IReadOnlyList<int[]> Cut(Pool pool, BatchOptions options, long epoch, long poolInEpoch)
    {
        int[] members = (int[])pool.Members.Clone();
        if (options.Shuffle)
            KeyedRandom.Shuffle(members.AsSpan(), KeyedRandom.Key(options.Seed, KeyedRandom.Purpose.PoolOrder, epoch, poolInEpoch));
        if (options.GroupByLength)
            Group(members, pool.Pairs, options.BucketWidth);

        List<int[]> batches = CutInOrder(members, pool.Pairs, options);
        if (options.Shuffle)
            KeyedRandom.Shuffle(CollectionsMarshal.AsSpan(batches), KeyedRandom.Key(options.Seed, KeyedRandom.Purpose.BatchOrder, epoch, poolInEpoch));
        return batches;
    }

    /// <summary>Sorts by bucket of the longer side; within a bucket the order stays.</summary>
    private static void Group(int[] members, EncodedPairs pairs, int bucketWidth)
    {
        long[] keys = new long[members.Length];
        for (int place = 0; place < keys.Length; place++)
        {
            int length = Math.Max(pairs.SourceLength(members[place]), pairs.TargetLength(members[place]));
            // The place in the lower half makes all keys different and the sort stable.
            keys[place] = ((long)(length / bucketWidth) << 32) | (uint)place;
        }

        Array.Sort(keys, members);
    }

    private static List<int[]> CutInOrder(int[] members, EncodedPairs pairs, BatchOptions options)
    {
        List<int[]> batches = [];
        BatchSize size = default;
        int first = 0;
        for (int place = 0; place < members.Length; place++)
        {
            // One row more on each side: the end token, and the begin token of the target.
            BatchSize grown = size.With(pairs.SourceLength(members[place]) + 1, pairs.TargetLength(members[place]) + 1);
            if (place > first && grown.In(options) > options.Size)
            {
                batches.Add(members[first..place]);
                first = place;
                grown = default(BatchSize).With(pairs.SourceLength(members[place]) + 1, pairs.TargetLength(members[place]) + 1);
            }

            size = grown;
        }

        if (first < members.Length)
            batches.Add(members[first..]);
        return batches;
    }

    private readonly record struct BatchSize(int Sentences, long SourceRows, long TargetRows, int LongestSource, int LongestTarget)
    {
        internal BatchSize With(int sourceRows, int targetRows) => new(
            Sentences + 1,
            SourceRows + sourceRows,
            TargetRows + targetRows,
            Math.Max(LongestSource, sourceRows),
            Math.Max(LongestTarget, targetRows));

        internal long In(BatchOptions options)
        {
            long source = options.CountPadding ? (long)Sentences * LongestSource : SourceRows;
            long target = options.CountPadding ? (long)Sentences * LongestTarget : TargetRows;
            return options.Unit switch
            {
                BatchUnit.Sentences => Sentences,
                BatchUnit.TargetTokens => target,
                _ => Math.Max(source, target),
            };
        }
    }
}
