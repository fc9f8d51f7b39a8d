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
        (EncodedPairs pairs, int[] members, long epoch) = (_pool!.Pairs, _batches[Position.BatchInPool], Position.Epoch);
        Advance();
        return TrainingBatches.Build(pairs, members, _encoder, Position, epoch);
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

    /// <summary>Goes on until <see cref="Position"/> is a batch that exists.</summary>
    private void SkipEmptyPools()
    {
        long firstEpoch = Position.Epoch;
        while (true)
        {
            Load();
            if (Position.BatchInPool < _batches.Count)
                return;
            if (Position.BatchInPool > _batches.Count)
                throw new ArgumentException($"The place '{Position}' is not in this data: its pool has {_batches.Count} batches. The corpora or the batch options have changed since it was saved.");
            if (_pool!.Next.Epoch - firstEpoch > MostEmptyEpochs)
                throw new CorpusException(_emptyMessage);
            GoToNextPool(Position.BatchInEpoch);
        }
    }

    private void Advance()
    {
        long epoch = Position.Epoch;
        long batchInEpoch = Position.BatchInEpoch + 1;
        if (Position.BatchInPool + 1 < _batches.Count)
        {
            Position = Position with { BatchInPool = Position.BatchInPool + 1, BatchInEpoch = batchInEpoch };
            return;
        }

        // Limits on tokens can leave the last pools of an epoch empty. Looking now lets the position after the last
        // batch of an epoch say that the epoch is over.
        do
        {
            GoToNextPool(batchInEpoch);
            if (Position.Epoch == epoch)
                Load();
        }
        while (Position.Epoch == epoch && _batches.Count == 0);
    }

    private void Load()
    {
        if (_pool is not null)
            return;
        _pool = _source.Read(Position);
        _batches = BatchCutter.Cut(_pool, _options, Position.Epoch, Position.Pool);
    }

    private void GoToNextPool(long batchInEpoch)
    {
        DataPosition next = _pool!.Next;
        Position = next.Epoch == Position.Epoch ? next with { BatchInEpoch = batchInEpoch } : next;
        (_pool, _batches) = (null, []);
    }
}
