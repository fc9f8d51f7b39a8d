namespace Sequor.Batching;

/// <summary>
/// The endless sequence of training batches. Each epoch's order is a function of seed and epoch, so going on from a
/// saved <see cref="Position"/> gives the batches that an uninterrupted run gives. One thread at a time may use it.
/// </summary>
public sealed class BatchSequence : ITrainingBatches
{
    // A weight of at least 0.001 brings every pair at least once in so many epochs.
    private const int MostEmptyEpochs = 1001;

    private readonly IPoolSource _source;
    private readonly PairEncoder _encoder;
    private readonly BatchOptions _options;
    private readonly string _emptyMessage;
    private Pool? _pool;
    private IReadOnlyList<int[]> _batches = [];

    internal BatchSequence(IPoolSource source, PairEncoder encoder, BatchOptions options, DataPosition from, string emptyMessage)
    {
        (_source, _encoder, _options, _emptyMessage) = (source, encoder, options, emptyMessage);
        Position = from;
    }

    /// <inheritdoc/>
    public DataPosition Position { get; private set; }

    /// <inheritdoc/>
    public TrainingBatch Next()
    {
        SkipEmptyPools();
        int[] members = _batches[Position.BatchInPool];
        DataPosition next = After(Position);
        TrainingBatch batch = TrainingBatches.Build(_pool!.Pairs, members, _encoder, next, Position.Epoch);
        MoveTo(next);
        return batch;
    }

    /// <summary>Goes to a saved place.</summary>
    /// <param name="position">What <see cref="Position"/> or <see cref="TrainingBatch.Next"/> gave for the same corpora and options.</param>
    public void Seek(DataPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        (_pool, _batches) = (null, []);
        Position = position;
    }

    /// <summary>Counts the batches of an epoch by forming it; the position stays.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public long CountBatches(long epoch)
    {
        long count = 0;
        DataPosition place = new() { Epoch = epoch };
        while (place.Epoch == epoch)
        {
            Pool pool = _source.Read(place);
            count += BatchCutter.Cut(pool, _options, epoch, place.Pool).Count;
            place = pool.Next;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private void SkipEmptyPools()
    {
        long firstEpoch = Position.Epoch;
        while (true)
        {
            if (_pool is null)
            {
                _pool = _source.Read(Position with { BatchInPool = 0 });
                _batches = BatchCutter.Cut(_pool, _options, Position.Epoch, Position.Pool);
            }

            if (Position.BatchInPool < _batches.Count)
                return;
            if (Position.BatchInPool > _batches.Count)
                throw new ArgumentException($"The place '{Position}' is not in this data: its pool has {_batches.Count} batches. The corpora or the batch options have changed since it was saved.");
            if (_pool.Next.Epoch - firstEpoch > MostEmptyEpochs)
                throw new CorpusException(_emptyMessage);
            MoveTo(Joined(_pool.Next, Position.BatchInEpoch));
        }
    }

    private DataPosition After(DataPosition place) => place.BatchInPool + 1 < _batches.Count
        ? place with { BatchInPool = place.BatchInPool + 1, BatchInEpoch = place.BatchInEpoch + 1 }
        : Joined(_pool!.Next, place.BatchInEpoch + 1);

    private DataPosition Joined(DataPosition nextPool, long batchInEpoch) =>
        nextPool.Epoch == Position.Epoch ? nextPool with { BatchInEpoch = batchInEpoch } : nextPool;

    private void MoveTo(DataPosition place)
    {
        if (place.Epoch != Position.Epoch || place.Pool != Position.Pool)
            (_pool, _batches) = (null, []);
        Position = place;
    }
}
