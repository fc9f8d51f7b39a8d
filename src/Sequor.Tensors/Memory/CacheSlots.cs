using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Memory;

/// <summary>
/// Places for what decoder layers write at one position of one hypothesis. A slot knows the slot of the position before it, so that hypotheses with a common
/// beginning share its slots; a slot that nobody continues and nobody ends with is free again.
/// </summary>
internal sealed class CacheSlots(Device device, long floatsPerSlot) : IDisposable
{
    /// <summary>What stands before the first position.</summary>
    internal const int None = -1;

    private readonly List<KeptBlock> _blocks = [];
    private readonly DeviceList<nint> _addresses = new(device);
    private int[] _before = [];
    private int[] _readers = [];
    private int[] _free = [];
    private int _freeCount;

    /// <summary>Where each block of <see cref="SlotPlan.SlotsPerBlock"/> slots begins.</summary>
    internal Storage<nint> Addresses => _addresses.Storage;

    /// <summary>Slots that are in use.</summary>
    internal int Used => _before.Length - _freeCount;

    /// <summary>Bytes of all blocks.</summary>
    internal long Bytes => _blocks.Count * floatsPerSlot * SlotPlan.SlotsPerBlock * sizeof(float);

    /// <summary>A slot for the position behind another; whoever held that one holds this one now.</summary>
    internal int Continue(int slot)
    {
        if (_freeCount == 0)
        {
            AddBlock();
        }

        int next = _free[--_freeCount];
        (_before[next], _readers[next]) = (slot, 1);
        return next;
    }

    /// <summary>One more holds a slot, and with it all positions before.</summary>
    internal void Hold(int slot)
    {
        if (slot != None)
        {
            _readers[slot]++;
        }
    }

    /// <summary>One fewer holds a slot.</summary>
    internal void Release(int slot)
    {
        while (slot != None && --_readers[slot] == 0)
        {
            _free[_freeCount++] = slot;
            slot = _before[slot];
        }
    }

    public void Dispose()
    {
        foreach (KeptBlock block in _blocks)
        {
            block.Release();
        }

        _blocks.Clear();
        _addresses.Dispose();
        (_before, _readers, _free, _freeCount) = ([], [], [], 0);
    }

    private unsafe void AddBlock()
    {
        int first = _before.Length;
        _blocks.Add(new KeptBlock(device, floatsPerSlot * SlotPlan.SlotsPerBlock * sizeof(float)));
        _addresses.Set([.. _blocks.Select(block => block.View<float>(1).Address)]);
        Array.Resize(ref _before, first + SlotPlan.SlotsPerBlock);
        Array.Resize(ref _readers, first + SlotPlan.SlotsPerBlock);
        Array.Resize(ref _free, first + SlotPlan.SlotsPerBlock);

        // Taken from the end, so that slots of one step lie next to each other in rising order.
        for (int slot = first + SlotPlan.SlotsPerBlock - 1; slot >= first; slot--)
        {
            _free[_freeCount++] = slot;
        }
    }
}
