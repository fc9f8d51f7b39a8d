using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Memory;

/// <summary>
/// The keys and values of the positions that a decoder has already seen, for a number of hypotheses of lengths of their own.
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
    private int[] _lengths = [];

    /// <summary>Makes an empty cache.</summary>
    /// <param name="device">Where keys and values lie.</param>
    /// <param name="width">D, the width of a key.</param>
    public KeyValueCache(Device device, int width) => (_device, _width) = (device, width);

    /// <summary>The positions held for each hypothesis, [R].</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Adds hypotheses that have seen nothing yet, behind those that are there.</summary>
    /// <param name="count">How many.</param>
    public void Add(int count) => Rebuild([.. Enumerable.Range(0, _lengths.Length)], count, Math.Max(FirstCapacity, _capacity));

    /// <summary>Appends one position for each hypothesis.</summary>
    /// <param name="keysAndValues">The matrix [R, 2D] of keys and values side by side.</param>
    internal void Append(in Matrix keysAndValues)
    {
        if (keysAndValues.Rows != _lengths.Length)
        {
            throw new ShapeException($"The cache holds {_lengths.Length} hypotheses, but {keysAndValues.Rows} rows were appended. Add or reorder hypotheses first.");
        }

        if (_lengths.Max() == _capacity)
        {
            Rebuild([.. Enumerable.Range(0, _lengths.Length)], 0, 2 * _capacity);
        }

        Matrix all = Rows();
        for (int row = 0; row < _lengths.Length; row++)
        {
            _device.Kernels.CopyMatrix(keysAndValues.RowRange(row, 1), all.RowRange((row * _capacity) + _lengths[row], 1), false);
            _lengths[row]++;
        }
    }

    /// <summary>Makes hypothesis i continue what was hypothesis parents[i].</summary>
    /// <param name="parents">For each hypothesis that goes on, its place among those held now; any number of them.</param>
    public void Reorder(ReadOnlySpan<int> parents) => Rebuild(parents.ToArray(), 0, _capacity);

    /// <summary>Gives the memory back; the cache is empty afterwards.</summary>
    public void Dispose()
    {
        _block?.Release();
        _spare?.Release();
        (_block, _spare) = (null, null);
        (_capacity, _lengths) = (0, []);
    }

    /// <summary>The row starts of each hypothesis.</summary>
    internal int[] Starts() => [.. Enumerable.Range(0, _lengths.Length).Select(row => row * _capacity)];

    /// <summary>All rows as one matrix [R × capacity, 2D].</summary>
    internal Matrix Rows() => View(_block!, _lengths.Length, _capacity);

    private Matrix View(KeptBlock block, int rows, int capacity) =>
        new(block.View<float>((long)rows * capacity * 2 * _width), rows * capacity, 2 * _width);

    private void Rebuild(int[] parents, int joining, int capacity)
    {
        int rows = parents.Length + joining;
        long bytes = Math.Max(1, (long)rows * capacity * 2 * _width * sizeof(float));
        if (_spare is { } small && small.Bytes < bytes)
        {
            small.Release();
            _spare = null;
        }

        KeptBlock target = _spare ?? new KeptBlock(_device, bytes);
        var lengths = new int[rows];
        for (int row = 0; row < parents.Length; row++)
        {
            lengths[row] = _lengths[parents[row]];
            if (lengths[row] > 0)
            {
                _device.Kernels.CopyMatrix(
                    Rows().RowRange(parents[row] * _capacity, lengths[row]), View(target, rows, capacity).RowRange(row * capacity, lengths[row]), false);
            }
        }

        (_spare, _block) = (_block, target);
        (_lengths, _capacity) = (lengths, capacity);
    }
}
