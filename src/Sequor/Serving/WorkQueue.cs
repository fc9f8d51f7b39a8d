using Sequor.Decoding.Engine;

namespace Sequor.Serving;

/// <summary>
/// What callers wait for, a line for each client. Clients take turns, the one that was served longest ago first, and inside a line the oldest comes first: whoever asks
/// for much waits for much, and nobody else does. Thread-safe.
/// </summary>
/// <param name="limit">How much may wait.</param>
/// <param name="patience">How long something may be passed over for what is more like the rest of a group.</param>
/// <param name="time">The clock.</param>
/// <param name="instruments">Are told how much waits; null for nobody.</param>
internal sealed class WorkQueue(int limit, TimeSpan patience, TimeProvider time, ServingInstruments? instruments = null)
{
    // Looking further for sentences of like length costs more than it brings.
    private const int LookedAtForEachPlace = 4;

    private readonly object _turn = new();
    private readonly Dictionary<string, LinkedListNode<LinkedList<PendingWork>>> _lines = new(StringComparer.Ordinal);
    private readonly LinkedList<LinkedList<PendingWork>> _turns = new();
    private readonly List<LinkedListNode<PendingWork>> _heads = [];
    private readonly List<PendingWork> _unlike = [];
    private int _count;
    private int _idle;
    private bool _isClosed;

    /// <summary>How much waits.</summary>
    internal int Count => Volatile.Read(ref _count);

    /// <summary>How many threads wait for work.</summary>
    internal int Idle => Volatile.Read(ref _idle);

    /// <summary>Lets work wait.</summary>
    /// <exception cref="QueueFullException">Too much waits already.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    internal void Add(PendingWork work)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(BatchingTranslator));
            if (_count >= limit)
            {
                throw new QueueFullException($"{_count} texts wait already, and no more than {limit} may wait. Try again later.");
            }

            work.WaitsSince = time.GetTimestamp();
            if (!_lines.TryGetValue(work.Client, out LinkedListNode<LinkedList<PendingWork>>? line))
            {
                _lines.Add(work.Client, line = _turns.AddLast(new LinkedList<PendingWork>()));
            }

            work.Place = line.Value.AddLast(work);
            _count++;
            instruments?.QueueChanged(1);
            Monitor.Pulse(_turn);
        }
    }

    /// <summary>Takes work away that nobody waits for any more, if it still waits here.</summary>
    internal void Remove(PendingWork work)
    {
        lock (_turn)
        {
            if (work.Place is not null)
            {
                Leave(work, isServed: false);
            }
        }
    }

    /// <summary>Waits until there is work.</summary>
    /// <param name="longest">How long at most.</param>
    /// <returns>Whether there is; false after the longest time, and once the queue is closed.</returns>
    internal bool Wait(TimeSpan longest)
    {
        lock (_turn)
        {
            _idle++;
            bool inTime = true;
            while (inTime && _count == 0 && !_isClosed)
            {
                inTime = Monitor.Wait(_turn, longest);
            }

            _idle--;
            return inTime && !_isClosed;
        }
    }

    /// <summary>Whether no more work is taken.</summary>
    internal bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Takes the next work that there is room for, in turn. Of sentences that have not waited long those are preferred that are like the first of them, since
    /// they will also end together; whatever has waited longer is passed over by nothing.</summary>
    /// <param name="room">The room.</param>
    /// <param name="taken">Receives the work; cleared first.</param>
    internal void Take(BatchRoom room, List<PendingWork> taken)
    {
        taken.Clear();
        lock (_turn)
        {
            Choose(room, taken);
            long now = time.GetTimestamp();
            foreach (PendingWork work in taken)
            {
                Leave(work, isServed: true);
                work.TakenAt = now;
            }
        }
    }

    /// <summary>Takes no more work, and gives what waits; null where that was done before.</summary>
    internal IReadOnlyList<PendingWork>? Close()
    {
        lock (_turn)
        {
            if (_isClosed)
            {
                return null;
            }

            _isClosed = true;
            PendingWork[] left = [.. _turns.SelectMany(line => line)];
            Array.ForEach(left, work => Leave(work, isServed: false));
            Monitor.PulseAll(_turn);
            return left;
        }
    }

    private static bool AreLike(int one, int other) => one <= 2 * other && other <= 2 * one;

    private void Choose(BatchRoom room, List<PendingWork> taken)
    {
        int looks = LookedAtForEachPlace * room.Sentences;
        int first = 0;
        _unlike.Clear();
        foreach (PendingWork work in InTurn())
        {
            bool mayWait = time.GetElapsedTime(work.WaitsSince) < patience;
            if (room.Sentences == 0 || looks-- == 0 || (!room.Fits(work.Pieces) && !mayWait))
            {
                break;
            }

            first = first == 0 ? work.Pieces : first;
            if (mayWait && !AreLike(first, work.Pieces))
            {
                _unlike.Add(work);
            }
            else if (room.Fits(work.Pieces))
            {
                taken.Add(work);
                room = room.Without(work.Pieces);
            }
        }

        foreach (PendingWork work in _unlike)
        {
            if (room.Fits(work.Pieces))
            {
                taken.Add(work);
                room = room.Without(work.Pieces);
            }
        }
    }

    /// <summary>What waits, in the order in which it is to be served.</summary>
    private IEnumerable<PendingWork> InTurn()
    {
        _heads.Clear();
        foreach (LinkedList<PendingWork> line in _turns)
        {
            _heads.Add(line.First!);
        }

        while (_heads.Count > 0)
        {
            int kept = 0;
            for (int i = 0; i < _heads.Count; i++)
            {
                LinkedListNode<PendingWork> head = _heads[i];
                yield return head.Value;
                if (head.Next is { } next)
                {
                    _heads[kept++] = next;
                }
            }

            _heads.RemoveRange(kept, _heads.Count - kept);
        }
    }

    private void Leave(PendingWork work, bool isServed)
    {
        LinkedListNode<LinkedList<PendingWork>> line = _lines[work.Client];
        line.Value.Remove(work.Place!);
        work.Place = null;
        _count--;
        instruments?.QueueChanged(-1);
        if (line.Value.Count == 0)
        {
            _lines.Remove(work.Client);
            _turns.Remove(line);
        }
        else if (isServed)
        {
            _turns.Remove(line);
            _turns.AddLast(line);
        }
    }
}
