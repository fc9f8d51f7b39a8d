using System.Numerics;

namespace Sequor.Alignments;

/// <summary>
/// The pieces that the translation of a sentence is likely to need: the likeliest translations of its pieces, the most frequent pieces and the end sign.
/// Depends on the sentence alone, never on its batch. Not thread-safe: each session makes its own over a shared table, which costs one bit a piece.
/// </summary>
public sealed class LexicalShortlist
{
    private readonly LexicalTable _table;
    private readonly int[] _always;
    private readonly bool _copies;
    private readonly ulong[] _marks;
    private int[] _ids = [];

    /// <summary>Makes shortlists over a table.</summary>
    /// <param name="table">A table of pieces.</param>
    /// <param name="always">Ids that every list has besides the frequent ones: the end sign, and whatever else must stay possible.</param>
    /// <param name="copies">
    /// Whether the source's own pieces are in the list too, so that names can be copied; for vocabularies that both sides share. Default false.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the table's target vocabulary.</exception>
    public LexicalShortlist(LexicalTable table, ReadOnlySpan<int> always, bool copies = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        foreach (int id in always)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(id, nameof(always));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, table.TargetWords.Count, nameof(always));
        }

        (_table, _copies) = (table, copies);
        _always = [.. always, .. table.Frequent];
        _marks = new ulong[(table.TargetWords.Count + 63) / 64];
    }

    /// <summary>The pieces for a sentence.</summary>
    /// <param name="sourceIds">Ids of its pieces.</param>
    /// <returns>Ids of target pieces, rising, none twice; overwritten by the next call.</returns>
    public ReadOnlySpan<int> For(ReadOnlySpan<int> sourceIds)
    {
        int count = Mark(_always);
        foreach (int id in sourceIds)
        {
            count += Mark(_table.Targets(id));
            if (_copies && (uint)id < (uint)_table.TargetWords.Count)
                count += Mark([id]);
        }

        if (_ids.Length < count)
            _ids = new int[Math.Max(count, _ids.Length * 2)];
        int used = 0;
        for (int word = 0; word < _marks.Length; word++)
        {
            for (ulong marks = _marks[word]; marks != 0; marks &= marks - 1)
                _ids[used++] = (word * 64) + BitOperations.TrailingZeroCount(marks);
            _marks[word] = 0;
        }

        return _ids.AsSpan(0, used);
    }

    private int Mark(ReadOnlySpan<int> ids)
    {
        int added = 0;
        foreach (int id in ids)
        {
            ulong bit = 1UL << id;
            added += (_marks[id >> 6] & bit) == 0 ? 1 : 0;
            _marks[id >> 6] |= bit;
        }

        return added;
    }
}
