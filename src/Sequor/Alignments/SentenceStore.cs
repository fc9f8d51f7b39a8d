namespace Sequor.Alignments;

/// <summary>Sentences of one side as word numbers, end to end.</summary>
internal sealed class SentenceStore
{
    private readonly List<int> _ends = [];
    private int[] _numbers = new int[1024];
    private int _used;

    internal int Count => _ends.Count;

    internal long Words => _used;

    /// <summary>The numbers of a sentence's words.</summary>
    internal ReadOnlySpan<int> this[int sentence]
    {
        get
        {
            int start = sentence == 0 ? 0 : _ends[sentence - 1];
            return _numbers.AsSpan(start, _ends[sentence] - start);
        }
    }

    internal int LengthOf(int sentence) => _ends[sentence] - (sentence == 0 ? 0 : _ends[sentence - 1]);

    internal void Add(ReadOnlySpan<int> numbers)
    {
        int end = checked(_used + numbers.Length);
        if (end > _numbers.Length)
            Array.Resize(ref _numbers, Math.Min(Array.MaxLength, Math.Max(end, (int)Math.Min(int.MaxValue, _numbers.Length * 2L))));
        numbers.CopyTo(_numbers.AsSpan(_used));
        _used = end;
        _ends.Add(end);
    }
}
