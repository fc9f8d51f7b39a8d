using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>The ops of a step in the order in which they ran.</summary>
internal sealed class Tape(Arena arena)
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

        _entries[_count++] = entry;
    }

    /// <summary>Runs every op backwards, from the last to the first, starting with d loss / d loss = 1.</summary>
    internal void RunBackwards(Tensor loss)
    {
        Storage<float> seed = Gradients.Slot(loss, out _);
        loss.Kernels.Fill(seed, 1);
        for (int i = _count - 1; i >= 0; i--)
        {
            ref readonly TapeEntry entry = ref _entries[i];
            if (Gradients.HasArrived(entry.Output))
            {
                entry.Backward(in entry, Gradients);
                Gradients.Release(entry.Output);
            }
        }
    }

    internal void Reset()
    {
        Array.Clear(_entries, 0, _count);
        _count = 0;
        Gradients.Reset();
    }
}
