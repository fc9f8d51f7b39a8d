using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>The ops of a step in the order in which they ran.</summary>
internal sealed class Tape(Arena arena, StepTensors tensors)
{
    private TapeEntry[] _entries = new TapeEntry[128];
    private int _count;

    internal Gradients Gradients { get; } = new(arena);

    internal void Remember(in TapeEntry entry)
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, 2 * _count);
        }

        // Unlike HasFlag, this allocates nothing in code that is not optimised yet.
        KeepUnless((entry.Unread & TapeValues.A) != 0, entry.A);
        KeepUnless((entry.Unread & TapeValues.B) != 0, entry.B);
        KeepUnless((entry.Unread & TapeValues.C) != 0, entry.C);
        KeepUnless((entry.Unread & TapeValues.D) != 0, entry.D);
        KeepUnless(false, entry.E);
        KeepUnless((entry.Unread & TapeValues.Output) != 0, entry.Output);
        _entries[_count++] = entry;
    }

    /// <summary>Runs every op backwards, from the last to the first, starting with d loss / d loss = 1.</summary>
    internal void RunBackwards(Tensor loss)
    {
        Storage<float> seed = Gradients.Slot(loss, out _);
        loss.Kernels.Fill(seed, 1);
        for (int i = _count - 1; i >= 0; i--)
        {
            ref TapeEntry entry = ref _entries[i];
            if (Gradients.HasArrived(entry.Output))
            {
                entry.Backward(in entry, Gradients);
                Gradients.Release(entry.Output);
                GiveBack(ref entry);
            }
        }
    }

    /// <summary>Lets go of a discarded output and of what was saved to differentiate it: ops before this one came before the output.</summary>
    private void GiveBack(ref TapeEntry entry)
    {
        if (!tensors.IsDiscarded(entry.Output.Place))
        {
            return;
        }

        tensors.GiveBack(entry.Output.Place);
        if (entry.OwnsSaved)
        {
            arena.Release(entry.Saved);
            (entry.Saved, entry.OwnsSaved) = (default, false);
        }

        entry.Backward = BackwardAgain;
    }

    private static void BackwardAgain(in TapeEntry entry, Gradients gradients) => LifetimeErrors.BackwardAgain();

    private void KeepUnless(bool unread, Tensor tensor)
    {
        if (!unread)
        {
            tensors.KeepForBackward(tensor.Place);
        }
    }

    internal void Reset()
    {
        Array.Clear(_entries, 0, _count);
        _count = 0;
        Gradients.Reset();
    }
}
