using Sequor.Batching;

namespace Sequor.Training.Benchmarks;

/// <summary>
/// Hands batches to a trainer and looks at the clock and the heap whenever it comes for the next update; so the trainer itself
/// is the one that every training has.
/// </summary>
internal sealed class MeasuredBatches : ITrainingBatches
{
    private readonly ITrainingBatches _batches;
    private readonly BenchmarkOptions _options;
    private readonly int _accumulate;
    private readonly Action? _begin;
    private readonly CancellationTokenSource _enough = new();
    private readonly long[] _times;
    private readonly long[] _allocated;
    private readonly List<TrainingBatch> _measured;
    private long _processBytes;
    private int _collections;
    private int _given;
    private int _marks;

    /// <summary>Measures updates.</summary>
    /// <param name="batches">Where batches come from; belongs to this from now on.</param>
    /// <param name="options">How many.</param>
    /// <param name="accumulate">Batches of an update.</param>
    /// <param name="begin">Called before the first measured update.</param>
    internal MeasuredBatches(ITrainingBatches batches, BenchmarkOptions options, int accumulate, Action? begin = null)
    {
        (_batches, _options, _accumulate, _begin) = (batches, options, accumulate, begin);
        _times = new long[options.Updates + 1];
        _allocated = new long[options.Updates + 1];
        _measured = new List<TrainingBatch>(options.Updates * accumulate);
    }

    public DataPosition Position => _batches.Position;

    /// <summary>Set when the last batch has been given: the trainer ends after its update.</summary>
    internal CancellationToken Enough => _enough.Token;

    /// <summary>The batches of the measured updates, in order.</summary>
    internal IReadOnlyList<TrainingBatch> Measured => _measured;

    /// <summary>Bytes that all threads have allocated on the managed heap during the measured updates.</summary>
    internal long ProcessBytes { get; private set; }

    /// <summary>Collections of the oldest generation during the measured updates.</summary>
    internal int OldestCollections { get; private set; }

    public TrainingBatch Next()
    {
        int update = _given / _accumulate;
        if (_given % _accumulate == 0 && update >= _options.WarmUp)
        {
            Mark();
        }

        TrainingBatch batch = _batches.Next();
        _given++;
        if (update >= _options.WarmUp)
        {
            _measured.Add(batch);
        }

        if (_given == (_options.WarmUp + _options.Updates) * _accumulate)
        {
            _enough.Cancel();
        }

        return batch;
    }

    /// <summary>Ends the measurement, right after the last update.</summary>
    internal IReadOnlyList<MeasuredUpdate> End()
    {
        Mark();
        ProcessBytes = GC.GetTotalAllocatedBytes() - _processBytes;
        OldestCollections = GC.CollectionCount(GC.MaxGeneration) - _collections;
        return
        [
            .. Enumerable.Range(0, _options.Updates).Select(update => new MeasuredUpdate(
                _measured.Skip(update * _accumulate).Take(_accumulate).Sum(batch => (long)batch.TargetTokens),
                _options.Time.GetElapsedTime(_times[update], _times[update + 1]).TotalSeconds,
                _allocated[update + 1] - _allocated[update])),
        ];
    }

    public void Dispose()
    {
        _batches.Dispose();
        _enough.Dispose();
    }

    private void Mark()
    {
        if (_marks == 0)
        {
            _begin?.Invoke();
            _processBytes = GC.GetTotalAllocatedBytes();
            _collections = GC.CollectionCount(GC.MaxGeneration);
        }

        _allocated[_marks] = GC.GetAllocatedBytesForCurrentThread();
        _times[_marks] = _options.Time.GetTimestamp();
        _marks++;
    }
}
