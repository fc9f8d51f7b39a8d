using System.Text;
using Sequor.Text;

namespace Sequor.Batching;

/// <summary>Sentence pairs as UTF-8 text in memory, for those that are cut into other pieces in every epoch.</summary>
internal sealed class TextPairs
{
    private readonly Arena<byte> _texts = new();
    private readonly List<long> _numbers = [];
    private readonly List<bool> _areTargetsOnly = [];
    private readonly Dictionary<int, IReadOnlyList<AlignmentLink>> _alignments = [];

    internal IReadOnlyList<long> Numbers => _numbers;

    internal void Add(in NumberedPair pair)
    {
        if (pair.Alignment is { Count: > 0 } alignment)
            _alignments.Add(_numbers.Count, alignment);
        Add(pair.Source);
        Add(pair.Target);
        _numbers.Add(pair.Number);
        _areTargetsOnly.Add(pair.IsTargetOnly);
    }

    internal NumberedPair this[int pair] => new(
        _numbers[pair], Encoding.UTF8.GetString(_texts[2 * pair]), Encoding.UTF8.GetString(_texts[(2 * pair) + 1]))
    {
        Alignment = _alignments.GetValueOrDefault(pair),
        IsTargetOnly = _areTargetsOnly[pair],
    };

    private void Add(string text) => Encoding.UTF8.GetBytes(text, _texts.Add(Encoding.UTF8.GetByteCount(text)));
}

/// <summary>Pools of pairs that are in memory as text and encoded anew, with pieces sampled for the epoch.</summary>
internal sealed class SampledPools(TextPairs texts, EpochOrder order, PairPieces pieces, int poolSentences) : IPoolSource
{
    public Pool Read(DataPosition start)
    {
        (int[] members, DataPosition next) = MemoryPools.Members(order, start, poolSentences);
        EncodedPairs pairs = pieces.NewStore();
        foreach (int member in members)
            pieces.Add(pairs, texts[member], start.Epoch);
        return new Pool(pairs, [.. Enumerable.Range(0, pairs.Count)], next);
    }

    public void Dispose()
    {
    }
}
