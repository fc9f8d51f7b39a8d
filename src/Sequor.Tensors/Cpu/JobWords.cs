using System.Runtime.InteropServices;

namespace Sequor.Tensors.Cpu;

/// <summary>
/// The two words on which a pool's threads meet, a pair of cache lines apart. The first holds the job's number (upper half) and the items that nobody has
/// claimed (lower half): in one word, so that a late thread cannot claim from the next job with what it has read of the last.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 384)]
internal struct JobWords
{
    [FieldOffset(128)]
    private long _claims;

    [FieldOffset(256)]
    private int _unfinished;

    /// <summary>Whether an item waits to be claimed.</summary>
    internal readonly bool HasItems => (int)Volatile.Read(in _claims) != 0;

    /// <summary>Whether every item of the job has ended.</summary>
    internal readonly bool Finished => Volatile.Read(in _unfinished) == 0;

    /// <summary>Opens a new job. Nothing written before can be seen after it, and nothing read after it can have been read before.</summary>
    internal void Start(int items)
    {
        _unfinished = items;
        long number = (_claims >> 32) + 1;
        Interlocked.Exchange(ref _claims, (number << 32) | (uint)items);
    }

    /// <summary>Takes one item.</summary>
    /// <param name="left">The unclaimed items before this claim: the item's number counted from the end.</param>
    internal bool TryClaim(out int left)
    {
        while (true)
        {
            long seen = Volatile.Read(ref _claims);
            left = (int)seen;
            if (left == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _claims, seen - 1, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Reports items as ended; whether they were the last.</summary>
    internal bool Finish(int items) => Interlocked.Add(ref _unfinished, -items) == 0;
}
