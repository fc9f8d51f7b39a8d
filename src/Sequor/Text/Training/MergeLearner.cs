using System.Runtime.InteropServices;

namespace Sequor.Text.Training;

/// <summary>Words as symbols, how often each pair of neighbours occurs, and the next best merge.</summary>
internal sealed class MergeLearner
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<(int[] Symbols, long Count)> _words = [];
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];
    private readonly HashSet<(int Left, int Right)> _grown = [];
    private readonly PriorityQueue<(int Left, int Right), (long Count, int Left, int Right)> _queue;

    internal MergeLearner(IReadOnlyDictionary<string, long> words)
    {
        _queue = new(Comparer<(long Count, int Left, int Right)>.Create(Order));
        foreach ((string word, long count) in words)
        {
            int[] symbols = [.. SubwordNmtTrainer.SymbolsOf(word).Select(IdOf)];
            for (int i = 0; i + 1 < symbols.Length; i++)
            {
                Add((symbols[i], symbols[i + 1]), count, _words.Count);
            }

            _words.Add((symbols, count));
        }

        QueueGrown();
    }

    /// <summary>Merges the most frequent pair everywhere.</summary>
    /// <param name="minimumFrequency">How frequent it must be.</param>
    /// <param name="merge">The pair.</param>
    /// <returns>False when no pair is that frequent.</returns>
    internal bool TryMergeBest(long minimumFrequency, out (string Left, string Right) merge)
    {
        while (_queue.TryDequeue(out (int Left, int Right) pair, out (long Count, int Left, int Right) entry))
        {
            long count = _counts[pair];
            if (count == entry.Count && count >= minimumFrequency)
            {
                merge = (_texts[pair.Left], _texts[pair.Right]);
                Merge(pair);
                return true;
            }

            // Counts that fell are put in order here; those that grew have a newer entry.
            if (count > 0 && count < entry.Count)
            {
                _queue.Enqueue(pair, (count, pair.Left, pair.Right));
            }
        }

        merge = default;
        return false;
    }

    private void Merge((int Left, int Right) pair)
    {
        int merged = IdOf(_texts[pair.Left] + _texts[pair.Right]);
        HashSet<int> places = _places[pair];
        _places.Remove(pair);
        _counts[pair] = 0;
        foreach (int word in places)
        {
            (int[] before, long count) = _words[word];
            int[] after = Merged(before, pair, merged);
            if (after.Length < before.Length)
            {
                TakeOld(before, pair, count);
                AddNew(after, merged, count, word);
                _words[word] = (after, count);
            }
        }

        _counts[pair] = 0;
        _grown.Remove(pair);
        QueueGrown();
    }

    private static int[] Merged(int[] symbols, (int Left, int Right) pair, int merged)
    {
        var result = new List<int>(symbols.Length);
        for (int i = 0; i < symbols.Length; i++)
        {
            bool merges = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
            result.Add(merges ? merged : symbols[i]);
            i += merges ? 1 : 0;
        }

        return [.. result];
    }

    /// <summary>Pairs that a merge has taken apart: those before and behind it, once where two merges are neighbours.</summary>
    private void TakeOld(int[] symbols, (int Left, int Right) pair, long count)
    {
        for (int i = 0; i + 1 < symbols.Length; i++)
        {
            if (!IsAt(i))
            {
                continue;
            }

            if (i > 0)
            {
                _counts[(symbols[i - 1], symbols[i])] -= count;
            }

            if (i + 2 < symbols.Length && !IsAt(i + 2))
            {
                _counts[(symbols[i + 1], symbols[i + 2])] -= count;
            }

            i++;
        }

        bool IsAt(int i) => i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
    }

    /// <summary>Pairs around the merged symbol; one that was there before by other merges counts again, as in the original.</summary>
    private void AddNew(int[] symbols, int merged, long count, int word)
    {
        for (int i = 0; i < symbols.Length; i++)
        {
            if (symbols[i] != merged)
            {
                continue;
            }

            if (i > 0)
            {
                Add((symbols[i - 1], merged), count, word);
            }

            if (i + 1 < symbols.Length && symbols[i + 1] != merged)
            {
                Add((merged, symbols[i + 1]), count, word);
            }
        }
    }

    private void Add((int Left, int Right) pair, long count, int word)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, pair, out _) += count;
        ref HashSet<int>? places = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, pair, out _);
        (places ??= []).Add(word);
        _grown.Add(pair);
    }

    private void QueueGrown()
    {
        foreach ((int left, int right) in _grown)
        {
            _queue.Enqueue((left, right), (_counts[(left, right)], left, right));
        }

        _grown.Clear();
    }

    private int IdOf(string text)
    {
        if (!_ids.TryGetValue(text, out int id))
        {
            id = _texts.Count;
            _ids.Add(text, id);
            _texts.Add(text);
        }

        return id;
    }

    // The most frequent first, then the last by code points.
    private int Order((long Count, int Left, int Right) one, (long Count, int Left, int Right) other)
    {
        int order = other.Count.CompareTo(one.Count);
        order = order != 0 ? order : CodePoints.Compare(_texts[other.Left], _texts[one.Left]);
        return order != 0 ? order : CodePoints.Compare(_texts[other.Right], _texts[one.Right]);
    }
}
