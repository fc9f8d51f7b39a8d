using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Memory;

/// <summary>
/// The keys and values of the positions that the layers of a decoder have written, for a number of hypotheses of lengths of their own. What is written at a
/// position lies in a slot and never moves; a hypothesis is a table of slots. Hypotheses that go on from others share theirs, so that reordering moves tables only.
/// </summary>
public sealed class HypothesisCache : IDisposable
{
    private const int FirstCapacity = 16;

    private readonly int _width;
    private readonly CacheSlots _slots;
    private readonly DeviceList<int> _tablesOnDevice;
    private readonly DeviceList<int> _lengthsOnDevice;
    private int[] _lengths = [];
    private int[] _last = [];
    private int[] _tables = [];
    private int[] _spareLengths = [];
    private int[] _spareLast = [];
    private int[] _spareTables = [];
    private int _capacity = FirstCapacity;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="device">Where keys and values lie.</param>
    /// <param name="width">D, the width of a key.</param>
    /// <param name="layers">The layers that keep keys and values, 1 or more.</param>
    public HypothesisCache(Device device, int width, int layers)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(layers);
        _width = width;
        _slots = new CacheSlots(device, SlotPlan.SlotFloats(width) * layers);
        (_tablesOnDevice, _lengthsOnDevice) = (new DeviceList<int>(device), new DeviceList<int>(device));
        Layers = layers;
    }

    /// <summary>The number of layers.</summary>
    public int Layers { get; }

    /// <summary>The number of hypotheses, R.</summary>
    public int Count { get; private set; }

    /// <summary>The positions held for each hypothesis, [R].</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>Bytes that keys and values take.</summary>
    public long Bytes => _slots.Bytes;

    /// <summary>Positions that are held, common beginnings once.</summary>
    internal int SlotsUsed => _slots.Used;

    /// <summary>Adds hypotheses that have seen nothing yet, behind those that are there.</summary>
    /// <param name="count">How many, 0 or more.</param>
    public void Add(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Reserve(Count + count, _capacity);
        _lengths.AsSpan(Count, count).Clear();
        _last.AsSpan(Count, count).Fill(CacheSlots.None);
        Count += count;
    }

    /// <summary>Begins the next position of every hypothesis; then each layer writes its keys and values there and reads.</summary>
    public void Advance()
    {
        int longest = 0;
        foreach (int length in Lengths)
        {
            longest = Math.Max(longest, length);
        }

        if (longest == _capacity)
        {
            Reserve(Count, 2 * _capacity);
        }

        for (int row = 0; row < Count; row++)
        {
            _last[row] = _slots.Continue(_last[row]);
            _tables[(row * _capacity) + _lengths[row]++] = _last[row];
        }

        _tablesOnDevice.Set(_tables.AsSpan(0, Count * _capacity));
        _lengthsOnDevice.Set(Lengths);
    }

    /// <summary>Makes hypothesis i continue what was hypothesis parents[i]; what nobody continues is given back.</summary>
    /// <param name="parents">For each hypothesis that goes on, its place among those held now; any number of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A place is not that of a hypothesis.</exception>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        foreach (int parent in parents)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)parent, (uint)Count, nameof(parents));
        }

        Reserve(parents.Length, _capacity);
        for (int row = 0; row < parents.Length; row++)
        {
            int parent = parents[row];
            int length = _lengths[parent];
            _slots.Hold(_last[parent]);
            (_spareLast[row], _spareLengths[row]) = (_last[parent], length);
            _tables.AsSpan(parent * _capacity, length).CopyTo(_spareTables.AsSpan(row * _capacity));
        }

        for (int row = 0; row < Count; row++)
        {
            _slots.Release(_last[row]);
        }

        (_last, _spareLast) = (_spareLast, _last);
        (_lengths, _spareLengths) = (_spareLengths, _lengths);
        (_tables, _spareTables) = (_spareTables, _tables);
        Count = parents.Length;
    }

    /// <summary>Gives the memory back; the cache is empty afterwards.</summary>
    public void Dispose()
    {
        Count = 0;
        _slots.Dispose();
        _tablesOnDevice.Dispose();
        _lengthsOnDevice.Dispose();
    }

    /// <summary>Where a layer's kernel finds what it reads and where it writes.</summary>
    internal SlotPlan Plan(int layer, int heads)
    {
        int headWidth = _width / heads;
        return new SlotPlan(
            Count, heads, headWidth, 1 / MathF.Sqrt(headWidth), layer, Layers, _slots.Addresses, _tablesOnDevice.Storage, _capacity, _lengthsOnDevice.Storage);
    }

    /// <summary>D.</summary>
    internal int Width => _width;

    private void Reserve(int rows, int capacity)
    {
        int roomForRows = Math.Max(rows, _lengths.Length);
        if (roomForRows == _lengths.Length && capacity == _capacity)
        {
            return;
        }

        // Twice as many rows as are needed, so that slowly growing batches do not reallocate each time.
        roomForRows = rows > _lengths.Length ? Math.Max(rows, 2 * _lengths.Length) : roomForRows;
        var tables = new int[roomForRows * capacity];
        for (int row = 0; row < Count; row++)
        {
            _tables.AsSpan(row * _capacity, _lengths[row]).CopyTo(tables.AsSpan(row * capacity));
        }

        (_tables, _spareTables, _capacity) = (tables, new int[tables.Length], capacity);
        Array.Resize(ref _lengths, roomForRows);
        Array.Resize(ref _last, roomForRows);
        Array.Resize(ref _spareLengths, roomForRows);
        Array.Resize(ref _spareLast, roomForRows);
    }
}
