namespace Sequor.Batching;

/// <summary>Sentence pairs as token ids, kept compactly; without begin and end tokens.</summary>
internal sealed class EncodedPairs(int sourceVocabularySize, int targetVocabularySize)
{
    private readonly TokenArena _sources = new(sourceVocabularySize);
    private readonly TokenArena _targets = new(targetVocabularySize);
    private readonly List<long> _numbers = [];
    private readonly LinkArena _links = new();

    internal int Count => _numbers.Count;

    internal IReadOnlyList<long> Numbers => _numbers;

    /// <summary>Whether some pair has an alignment.</summary>
    internal bool HasLinks => !_links.IsEmpty;

    internal void Add(long number, ReadOnlySpan<int> source, ReadOnlySpan<int> target, IReadOnlyList<PieceLink> links)
    {
        _links.Add(_numbers.Count, links);
        _sources.Add(source);
        _targets.Add(target);
        _numbers.Add(number);
    }

    /// <summary>Pieces that belong together, by target piece and then by source piece; empty where nobody says.</summary>
    internal ReadOnlySpan<PieceLink> Links(int pair) => _links[pair];

    internal long Number(int pair) => _numbers[pair];

    internal int SourceLength(int pair) => _sources.Length(pair);

    internal int TargetLength(int pair) => _targets.Length(pair);

    internal void CopySource(int pair, Span<int> room) => _sources.CopyTo(pair, room);

    internal void CopyTarget(int pair, Span<int> room) => _targets.CopyTo(pair, room);
}
