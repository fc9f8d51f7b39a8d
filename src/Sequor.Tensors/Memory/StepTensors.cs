namespace Sequor.Tensors.Memory;

/// <summary>
/// The tensors of a step that own memory, by their place in a list. Whoever made a tensor may discard it: its memory goes back to the arena at once, or,
/// when an op of the tape reads the numbers on its way back, as soon as the op that made the tensor has run backwards. Nothing earlier can read them.
/// </summary>
internal sealed class StepTensors(Arena arena)
{
    /// <summary>The place of a tensor that owns no memory of the step.</summary>
    internal const int None = 0;

    private Entry[] _entries = new Entry[256];
    private int _count;

    internal int Add(Storage<float> storage)
    {
        if (++_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
        }

        _entries[_count] = new Entry { Storage = storage };
        return _count;
    }

    /// <summary>An op will read these numbers on its way back.</summary>
    internal void KeepForBackward(int place) => _entries[place].IsRead |= place != None;

    internal bool IsDiscarded(int place) => _entries[place].IsDiscarded;

    internal bool IsGone(int place) => _entries[place].IsGone;

    /// <summary>Discards a tensor; a view of some of its rows stands for nothing that could be given back.</summary>
    internal void Discard(int place, Storage<float> storage)
    {
        ref Entry entry = ref _entries[place];
        entry.IsDiscarded |= place != None && storage == entry.Storage;
        if (!entry.IsRead)
        {
            GiveBack(place);
        }
    }

    /// <summary>Discards every tensor but one, so that only what ops have kept for their way back is left.</summary>
    internal void DiscardAll(int except)
    {
        for (int place = None + 1; place <= _count; place++)
        {
            if (place != except)
            {
                Discard(place, _entries[place].Storage);
            }
        }
    }

    /// <summary>Gives a discarded tensor's memory back: every op that could read it has run backwards.</summary>
    internal void GiveBack(int place)
    {
        ref Entry entry = ref _entries[place];
        if (entry.IsDiscarded && !entry.IsGone)
        {
            entry.IsGone = true;
            arena.Release(entry.Storage);
        }
    }

    internal void Reset() => _count = 0;

    private struct Entry
    {
        internal Storage<float> Storage;
        internal bool IsRead;
        internal bool IsDiscarded;
        internal bool IsGone;
    }
}
