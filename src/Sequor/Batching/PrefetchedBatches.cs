using System.Runtime.ExceptionServices;

namespace Sequor.Batching;

/// <summary>
/// Forms the batches of another sequence ahead of time on one thread of its own. The batches and positions are those
/// of the sequence itself; a fault comes up where its batch would have come.
/// </summary>
public sealed class PrefetchedBatches : ITrainingBatches
{
    private readonly ITrainingBatches _batches;
    private readonly int _capacity;
    private readonly Queue<TrainingBatch> _ready = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _fault;
    private bool _isStopping;

    /// <summary>Starts forming batches at once.</summary>
    /// <param name="batches">The sequence, which belongs to this one from now on and is disposed with it.</param>
    /// <param name="capacity">Batches kept ready, 1 or more. Default 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public PrefetchedBatches(ITrainingBatches batches, int capacity = 8)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        (_batches, _capacity, Position) = (batches, capacity, batches.Position);
        _thread = new Thread(Fill) { IsBackground = true, Name = "Sequor batches" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public DataPosition Position { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The sequence was disposed.</exception>
    public TrainingBatch Next()
    {
        TrainingBatch batch;
        lock (_ready)
        {
            while (_ready.Count == 0 && _fault is null && !_isStopping)
                Monitor.Wait(_ready);
            ObjectDisposedException.ThrowIf(_isStopping, this);
            if (_ready.Count == 0)
                _fault!.Throw();
            batch = _ready.Dequeue();
            Monitor.PulseAll(_ready);
        }

        Position = batch.Next;
        return batch;
    }

    /// <summary>Stops the thread, waits for the batch at hand, and disposes the sequence.</summary>
    public void Dispose()
    {
        lock (_ready)
        {
            if (_isStopping)
                return;
            _isStopping = true;
            Monitor.PulseAll(_ready);
        }

        _thread.Join();
        _batches.Dispose();
    }

    private void Fill()
    {
        try
        {
            while (HasRoom())
            {
                TrainingBatch batch = _batches.Next();
                lock (_ready)
                {
                    _ready.Enqueue(batch);
                    Monitor.PulseAll(_ready);
                }
            }
        }
        catch (Exception fault)
        {
            // An exception that left this thread would end the process; the consumer is the one to hear of it.
            lock (_ready)
            {
                _fault = ExceptionDispatchInfo.Capture(fault);
                Monitor.PulseAll(_ready);
            }
        }
    }

    private bool HasRoom()
    {
        lock (_ready)
        {
            while (_ready.Count >= _capacity && !_isStopping)
                Monitor.Wait(_ready);
            return !_isStopping;
        }
    }
}
