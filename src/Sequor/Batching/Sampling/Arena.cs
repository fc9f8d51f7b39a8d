namespace Sequor.Batching;

/// <summary>
/// Many short runs of values in few blocks: no array, and so no header and no reference, per run. A run lies in one
/// block whole, so that it can be read as one span.
/// </summary>
internal sealed class Arena<T>
    where T : unmanaged
{
    private const int BlockLength = 1 << 18;

    private readonly List<T[]> _blocks = [];
    private readonly List<int> _blockOf = [];
    private readonly List<int> _startOf = [];
    private readonly List<int> _lengthOf = [];
    private int _used = BlockLength;

    internal ReadOnlySpan<T> this[int run] => _blocks[_blockOf[run]].AsSpan(_startOf[run], _lengthOf[run]);

    internal int Length(int run) => _lengthOf[run];

    /// <summary>Room for one more run, to be filled by the caller.</summary>
    internal Span<T> Add(int length)
    {
        if (_blocks.Count == 0 || length > _blocks[^1].Length - _used)
        {
            _blocks.Add(new T[Math.Max(BlockLength, length)]);
            _used = 0;
        }

        _blockOf.Add(_blocks.Count - 1);
        _startOf.Add(_used);
        _lengthOf.Add(length);
        Span<T> room = _blocks[^1].AsSpan(_used, length);
        _used += length;
        return room;
    }
}
