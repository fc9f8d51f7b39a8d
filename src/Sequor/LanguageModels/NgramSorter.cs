using System.Numerics;

namespace Sequor.LanguageModels;

/// <summary>
/// Sorts the places of a text by the n-grams that begin there. As many words as fit are packed into one number, so that most of the
/// work is sorting numbers; places that are equal so far are sorted by the words behind.
/// </summary>
internal sealed class NgramSorter
{
    private readonly int[] _text;
    private readonly int _end;
    private readonly int _order;
    private readonly int _bits;
    private readonly int _wordsPerKey;
    private readonly int[] _places;
    private readonly ulong[] _keys;
    private readonly CancellationToken _stop;

    internal NgramSorter(int[] text, int end, int order, int wordCount, CancellationToken stop)
    {
        (_text, _end, _order, _stop) = (text, end, order, stop);
        // One number more than there are words: 0 stands for what is behind a sentence.
        _bits = BitOperations.Log2((uint)wordCount) + 1;
        _wordsPerKey = 64 / _bits;
        _places = new int[text.Length];
        _keys = new ulong[text.Length];
        for (int place = 0; place < _places.Length; place++)
            _places[place] = place;
    }

    /// <summary>All places, those with the lowest words first.</summary>
    internal int[] Sort()
    {
        Sort(0, _places.Length, 0);
        return _places;
    }

    private void Sort(int first, int count, int depth)
    {
        Span<int> places = _places.AsSpan(first, count);
        Span<ulong> keys = _keys.AsSpan(first, count);
        for (int i = 0; i < count; i++)
            keys[i] = Pack(places[i], depth);
        keys.Sort(places);
        if (depth + _wordsPerKey >= _order)
            return;

        _stop.ThrowIfCancellationRequested();
        for (int begin = 0, i = 1; i <= count; i++)
        {
            if (i < count && keys[i] == keys[begin])
                continue;
            if (i - begin > 1)
                SortGroup(first + begin, i - begin, depth);
            begin = i;
        }
    }

    private void SortGroup(int first, int count, int depth)
    {
        // The group shares its words: where its sentences have ended there is nothing left to sort by.
        ulong last = _keys[first] & ((1UL << _bits) - 1);
        if (last != 0 && last != (ulong)_end + 1)
            Sort(first, count, depth + _wordsPerKey);
    }

    private ulong Pack(int place, int depth)
    {
        ulong key = 0;
        int most = Math.Min(_wordsPerKey, _order - depth);
        bool isInside = true;
        for (int i = 0; i < _wordsPerKey; i++)
        {
            int word = isInside && i < most ? _text[place + depth + i] : -1;
            key = (key << _bits) | (uint)(word + 1);
            isInside &= word != _end;
        }

        return key;
    }
}
