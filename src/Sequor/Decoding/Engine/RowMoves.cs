namespace Sequor.Decoding.Engine;

/// <summary>Where the rows of the next step come from, and what they read.</summary>
internal sealed class RowMoves
{
    private int[] _parents = new int[16];
    private int[] _ids = new int[16];

    /// <summary>The number of rows.</summary>
    internal int Count { get; private set; }

    /// <summary>For each row, the row that it continues.</summary>
    internal ReadOnlySpan<int> Parents => _parents.AsSpan(0, Count);

    /// <summary>For each row, the piece that it reads next.</summary>
    internal ReadOnlySpan<int> LastIds => _ids.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    /// <summary>Takes the last rows back.</summary>
    internal void RemoveLast(int count) => Count -= count;

    /// <summary>One more row.</summary>
    internal void Add(int parent, int id)
    {
        if (Count == _parents.Length)
        {
            Array.Resize(ref _parents, 2 * Count);
            Array.Resize(ref _ids, 2 * Count);
        }

        (_parents[Count], _ids[Count]) = (parent, id);
        Count++;
    }
}
