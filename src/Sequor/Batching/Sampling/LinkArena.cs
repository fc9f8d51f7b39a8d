namespace Sequor.Batching;

/// <summary>The alignments of many sentence pairs; a corpus without any takes no room.</summary>
internal sealed class LinkArena
{
    private readonly Arena<PieceLink> _links = new();
    private int _pairs;

    internal bool IsEmpty => _pairs == 0;

    internal ReadOnlySpan<PieceLink> this[int pair] => pair < _pairs ? _links[pair] : [];

    /// <summary>Adds the links of a pair; pairs before it that were passed over have none.</summary>
    internal void Add(int pair, IReadOnlyList<PieceLink> links)
    {
        if (links.Count == 0)
            return;
        for (; _pairs < pair; _pairs++)
            _links.Add(0);
        Span<PieceLink> room = _links.Add(links.Count);
        for (int i = 0; i < room.Length; i++)
            room[i] = links[i];
        _pairs++;
    }
}
