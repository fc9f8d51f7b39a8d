using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Memory;

/// <summary>
/// The keys and values of the positions that a decoder has already seen, for a number of hypotheses that grow in step.
/// Hypothesis r's position s lies in row r × capacity + s: [R, capacity, 2D].
/// </summary>
public sealed class KeyValueCache : IDisposable
{
    private const int FirstCapacity = 16;

    private readonly Device _device;
    private readonly int _width;
    private KeptBlock? _block;
    private KeptBlock? _spare;
    private int _capacity;
    private int _rows;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="device">Where keys and values lie.</param>
    /// <param name="width">D, the width of a key.</param>
    public KeyValueCache(Device device, int width) => (_device, _width) = (device, width);

    /// <summary>The positions held for each hypothesis.</summary>
    public int Length { get; private set; }

    /// <summary>Appends one position for each hypothesis.</summary>
    /// <param name="keysAndValues">The matrix [R, 2D] of keys and values side by side; R may change only through <see cref="Reorder"/>.</param>
    internal void Append(in Matrix keysAndValues)
    {
        if (Length == 0)
        {
            _rows = keysAndValues.Rows;
        }
        else if (keysAndValues.Rows != _rows)
        {
            throw new ShapeException($"The cache holds {_rows} hypotheses, but {keysAndValues.Rows} rows were appended. Reorder it first.");
        }

        if (Length == _capacity || _block is null)
        {
            Rebuild(null, _rows, Math.Max(FirstCapacity, 2 * _capacity));
        }

        Matrix slots = View(_block!, _rows, _capacity);
        _device.Kernels.CopyMatrix(keysAndValues, Column(slots, Length), false);
        Length++;
    }

    /// <summary>Makes hypothesis i continue what was hypothesis parents[i].</summary>
    /// <param name="parents">For each hypothesis that goes on, its place among those held now; any number of them.</param>
    public void Reorder(ReadOnlySpan<int> parents)
    {
        if (_block is not null)
        {
            Rebuild(parents.ToArray(), parents.Length, _capacity);
        }
    }

    /// <summary>Gives the memory back; the cache is empty afterwards.</summary>
    public void Dispose()
    {
        _block?.Release();
        _spare?.Release();
        (_block, _spare) = (null, null);
        (_capacity, _rows, Length) = (0, 0, 0);
    }

    /// <summary>The row starts of each hypothesis.</summary>
    internal int[] Starts() => [.. Enumerable.Range(0, _rows).Select(row => row * _capacity)];

    /// <summary>All rows as one matrix [R × capacity, 2D].</summary>
    internal Matrix Rows() => new(_block!.View<float>((long)_rows * _capacity * 2 * _width), _rows * _capacity, 2 * _width);

    /// <summary>Position <paramref name="position"/> of every hypothesis as a matrix [R, 2D].</summary>
    private Matrix Column(in Matrix slots, int position) => slots.ColumnRange(position * 2 * _width, 2 * _width);

    private Matrix View(KeptBlock block, int rows, int capacity) =>
        new(block.View<float>((long)rows * capacity * 2 * _width), rows, capacity * 2 * _width);

    private void Rebuild(int[]? parents, int rows, int capacity)
    {
        long bytes = (long)rows * capacity * 2 * _width * sizeof(float);
        if (_spare is { } small && small.Bytes < bytes)
        {
            small.Release();
            _spare = null;
        }

        KeptBlock target = _spare ?? new KeptBlock(_device, bytes);
        if (_block is { } block && Length > 0)
        {
            Matrix from = View(block, _rows, _capacity).ColumnRange(0, Length * 2 * _width);
            Matrix to = View(target, rows, capacity).ColumnRange(0, Length * 2 * _width);
            for (int row = 0; row < rows; row++)
            {
                _device.Kernels.CopyMatrix(from.RowRange(parents is null ? row : parents[row], 1), to.RowRange(row, 1), false);
            }
        }

        (_spare, _block) = (_block, target);
        (_rows, _capacity) = (rows, capacity);
    }
}
