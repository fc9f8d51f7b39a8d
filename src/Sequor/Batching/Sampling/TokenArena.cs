namespace Sequor.Batching;

/// <summary>Token ids of many sentences, two bytes each while the vocabulary allows it, four otherwise.</summary>
internal sealed class TokenArena
{
    private readonly Arena<ushort>? _narrow;
    private readonly Arena<int>? _wide;

    internal TokenArena(int vocabularySize)
    {
        if (vocabularySize <= ushort.MaxValue + 1)
            _narrow = new Arena<ushort>();
        else
            _wide = new Arena<int>();
    }

    internal int Length(int sentence) => _narrow?.Length(sentence) ?? _wide!.Length(sentence);

    internal void Add(ReadOnlySpan<int> ids)
    {
        if (_wide is not null)
        {
            ids.CopyTo(_wide.Add(ids.Length));
            return;
        }

        Span<ushort> room = _narrow!.Add(ids.Length);
        for (int i = 0; i < ids.Length; i++)
            room[i] = checked((ushort)ids[i]);
    }

    internal void CopyTo(int sentence, Span<int> room)
    {
        if (_wide is not null)
        {
            _wide[sentence].CopyTo(room);
            return;
        }

        ReadOnlySpan<ushort> ids = _narrow![sentence];
        for (int i = 0; i < ids.Length; i++)
            room[i] = ids[i];
    }
}
