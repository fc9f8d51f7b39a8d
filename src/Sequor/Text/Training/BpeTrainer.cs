using System.Runtime.InteropServices;
using System.Text;

namespace Sequor.Text.Training;

/// <summary>
/// Byte-pair encoding (Sennrich, Haddow and Birch 2016) with SentencePiece's rules: the pair seen most often merges first;
/// of equal pairs the shorter one, then the one first in code points.
/// </summary>
internal sealed class BpeTrainer
{
    private readonly PieceRules _rules;
    private readonly SymbolChain _chain;
    private readonly Dictionary<int, int> _symbolOfCharacter = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<long, BpePair?> _pairs = [];
    private readonly List<BpePair> _pending = [];
    private readonly PriorityQueue<BpePair, (long Count, BpePair Pair)> _queue = new(Comparer<(long Count, BpePair Pair)>.Create(Order));

    private BpeTrainer(IReadOnlyList<CountedText> segments, PieceRules rules)
    {
        _rules = rules;
        _chain = new SymbolChain(new SegmentedText(segments), SymbolOfCharacter);
        for (int place = 0; place < _chain.Length; place++)
            Meet(place, _chain.NextOf(place));
        QueuePending();
    }

    /// <summary>Finds merges until there are <paramref name="limit"/> of them or no pair is left.</summary>
    /// <returns>The texts of the merged pieces, first merge first, none twice.</returns>
    public static IReadOnlyList<string> Merges(IReadOnlyList<CountedText> segments, PieceRules rules, int limit, CancellationToken cancellation) =>
        new BpeTrainer(segments, rules).Run(limit, cancellation);

    private List<string> Run(int limit, CancellationToken cancellation)
    {
        List<string> pieces = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (pieces.Count < limit && TakeBest() is BpePair best)
        {
            cancellation.ThrowIfCancellationRequested();
            // "aaa" can be reached as "aa"+"a" and as "a"+"aa"; the encoder knows it as one piece.
            if (seen.Add(best.Text))
            {
                pieces.Add(best.Text);
                Merge(best);
                QueuePending();
            }
            best.Finish();
        }
        return pieces;
    }

    // Merges only take occurrences away from older pairs, so an entry's count is an upper bound and the first exact one wins.
    private BpePair? TakeBest()
    {
        while (_queue.TryDequeue(out BpePair? pair, out (long Count, BpePair Pair) entry))
        {
            if (pair.IsDone || entry.Count != pair.Count)
                continue;
            if (!pair.IsStale)
                return pair;
            Recount(pair);
            Queue(pair);
        }
        return null;
    }

    private void Recount(BpePair pair)
    {
        Span<int> places = CollectionsMarshal.AsSpan(pair.Places);
        int kept = 0;
        int taken = SymbolChain.None;
        pair.Count = 0;
        foreach (int place in places)
        {
            // "aaa" holds "aa" once: the second occurrence would need a letter that the first has taken.
            if (place == taken || !_chain.Holds(place, pair.Left, pair.Right))
            {
                taken = SymbolChain.None;
                continue;
            }
            places[kept++] = place;
            pair.Count += _chain.CountAt(place);
            taken = _chain.NextOf(place);
        }
        CollectionsMarshal.SetCount(pair.Places, kept);
        pair.IsStale = false;
    }

    private void Merge(BpePair best)
    {
        int merged = _texts.Count;
        _texts.Add(best.Text);
        foreach (int place in best.Places)
        {
            int right = _chain.NextOf(place);
            Part(_chain.PreviousOf(place), place, best);
            Part(right, _chain.NextOf(right), best);
            _chain.Merge(place, merged);
            int before = _chain.PreviousOf(place);
            if (before != SymbolChain.None)
                Meet(before, place);
            Meet(place, _chain.NextOf(place));
        }
    }

    private void Part(int left, int right, BpePair best)
    {
        if (left == SymbolChain.None || right == SymbolChain.None)
            return;
        if (_pairs.GetValueOrDefault(Key(_chain.SymbolAt(left), _chain.SymbolAt(right))) is BpePair pair && pair != best)
            pair.IsStale = true;
    }

    private void Meet(int left, int right)
    {
        if (right == SymbolChain.None || PairOf(_chain.SymbolAt(left), _chain.SymbolAt(right)) is not BpePair pair)
            return;
        pair.Places.Add(left);
        pair.IsStale = true;
        if (!pair.IsPending)
        {
            pair.IsPending = true;
            _pending.Add(pair);
        }
    }

    private BpePair? PairOf(int left, int right)
    {
        ref BpePair? pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, Key(left, right), out bool exists);
        if (!exists)
        {
            string text = _texts[left] + _texts[right];
            pair = _rules.IsValid(text) ? new BpePair(left, right, text) : null;
        }
        return pair;
    }

    private void QueuePending()
    {
        foreach (BpePair pair in _pending)
        {
            pair.IsPending = false;
            Recount(pair);
            Queue(pair);
        }
        _pending.Clear();
    }

    private void Queue(BpePair pair)
    {
        if (pair.Count > 0)
            _queue.Enqueue(pair, (pair.Count, pair));
    }

    private int SymbolOfCharacter(int codePoint)
    {
        if (!_symbolOfCharacter.TryGetValue(codePoint, out int symbol))
        {
            symbol = _texts.Count;
            _symbolOfCharacter.Add(codePoint, symbol);
            _texts.Add(new Rune(codePoint).ToString());
        }
        return symbol;
    }

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;

    private static int Order((long Count, BpePair Pair) left, (long Count, BpePair Pair) right)
    {
        int order = right.Count.CompareTo(left.Count);
        if (order == 0)
            order = left.Pair.Length.CompareTo(right.Pair.Length);
        return order != 0 ? order : CodePoints.Compare(left.Pair.Text, right.Pair.Text);
    }
}
