using System.Globalization;
using Sequor.Text;

namespace Sequor.LanguageModels;

/// <summary>The n-grams of an ARPA file on their way into a <see cref="NgramTrie"/>, one order after the other.</summary>
internal sealed class ArpaLevels(int orders)
{
    private const double LogOfTen = 2.302585092994045684;
    private const double LowestToTen = -99;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly int[] _starts = new int[orders + 2];
    private readonly int[] _words = new int[orders];
    private readonly List<ulong> _keys = [];
    private readonly List<float> _logProbs = [];
    private readonly List<float> _backOffs = [];
    private int[] _allWords = [0];
    private float[] _allLogProbs = [0];
    private float[] _allBackOffs = [0];
    private int[] _firstChildren = [];
    private long _firstLine;

    /// <summary>Begins an order.</summary>
    internal void Begin(int order, long line)
    {
        _firstLine = line;
        _starts[order] = _allWords.Length;
        _keys.Clear();
        _logProbs.Clear();
        _backOffs.Clear();
    }

    /// <summary>Takes a word of the n-gram at hand.</summary>
    /// <returns>Whether the word is known; one of a unigram becomes so.</returns>
    internal bool Take(int order, int place, ReadOnlySpan<char> word)
    {
        word = word is "<UNK>" ? SpecialTokens.Unknown : word;
        if (order > 1)
            return _ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out _words[place]);
        _names.Add(word.ToString());
        return true;
    }

    /// <summary>Adds the n-gram whose words were taken.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    internal string? Add(int order, double logProbToTen, double backOffToTen)
    {
        if (order == 1)
        {
            _words[0] = _names.Count - 1;
            if (!_ids.TryAdd(_names[^1], _words[0]))
                return $"'{_names[^1]}' has a unigram already";
        }

        int parent = NgramTrie.Root;
        for (int place = 0; place < order - 1; place++)
        {
            parent = Find(parent, _words[place]);
            if (parent < 0)
                return $"the words '{Named(order - 1)}' before its last are no n-gram of the file, as contexts must be";
        }

        _keys.Add(((ulong)(uint)parent << 32) | (uint)_words[order - 1]);
        _logProbs.Add(Natural(logProbToTen));
        _backOffs.Add(Natural(backOffToTen));
        return null;
    }

    /// <summary>Ends an order.</summary>
    /// <returns>A line and what is wrong with it; null when nothing is.</returns>
    internal (long Line, string Problem)? Close(int order)
    {
        if (order == 1)
            AddMissingWords();
        int[] places = [.. Enumerable.Range(0, _keys.Count)];
        ulong[] keys = [.. _keys];
        keys.AsSpan().Sort(places);
        int start = _starts[order];
        Array.Resize(ref _allWords, checked(start + keys.Length));
        Array.Resize(ref _allLogProbs, _allWords.Length);
        if (order < orders)
            Array.Resize(ref _allBackOffs, _allWords.Length);
        _firstChildren = FirstChildren(keys, start);
        for (int i = 0; i < keys.Length; i++)
        {
            if (i > 0 && keys[i] == keys[i - 1])
                return (_firstLine + Math.Max(places[i], places[i - 1]), string.Create(CultureInfo.InvariantCulture, $"the n-gram stands in line {_firstLine + Math.Min(places[i], places[i - 1])} already"));
            _allWords[start + i] = (int)(uint)keys[i];
            _allLogProbs[start + i] = _logProbs[places[i]];
            if (order < orders)
                _allBackOffs[start + i] = _backOffs[places[i]];
        }

        _starts[order + 1] = _allWords.Length;
        return null;
    }

    /// <summary>The model, when all orders are closed.</summary>
    internal NgramModel Model()
    {
        // Files give the beginning of a sentence any number: it is never predicted.
        _allLogProbs[1 + _ids[SpecialTokens.Begin]] = NgramTrie.Impossible;
        return new NgramModel(new Vocabulary(_names), new NgramTrie(_starts, _allWords, _allLogProbs, _allBackOffs, _firstChildren, _ids[SpecialTokens.Unknown]));
    }

    private void AddMissingWords()
    {
        foreach (string word in (string[])[SpecialTokens.Unknown, SpecialTokens.Begin, SpecialTokens.End])
        {
            if (_ids.TryAdd(word, _names.Count))
            {
                _keys.Add((uint)_names.Count);
                _names.Add(word);
                _logProbs.Add(NgramTrie.Impossible);
                _backOffs.Add(0);
            }
        }
    }

    /// <summary>Where the children of every node that was there before begin, and where the last ones end.</summary>
    private int[] FirstChildren(ulong[] keys, int start)
    {
        int[] first = new int[start + 1];
        _firstChildren.AsSpan().CopyTo(first);
        int child = 0;
        for (int node = Math.Max(0, _firstChildren.Length - 1); node <= start; node++)
        {
            while (child < keys.Length && (int)(keys[child] >> 32) < node)
                child++;
            first[node] = start + child;
        }

        return first;
    }

    private int Find(int context, int word)
    {
        if (context == NgramTrie.Root)
            return 1 + word;
        (int first, int end) = (_firstChildren[context], _firstChildren[context + 1]);
        int place = _allWords.AsSpan(first, end - first).BinarySearch(word);
        return place < 0 ? -1 : first + place;
    }

    private string Named(int count) => string.Join(' ', _words.Take(count).Select(word => _names[word]));

    private static float Natural(double toTen) => toTen <= LowestToTen ? NgramTrie.Impossible : (float)(toTen * LogOfTen);
}
