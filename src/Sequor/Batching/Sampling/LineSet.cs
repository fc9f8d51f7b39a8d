using System.Numerics;

namespace Sequor.Batching;

/// <summary>Lines of a corpus that are learnt from, one bit each.</summary>
internal sealed class LineSet
{
    private readonly List<ulong> _words = [];

    /// <summary>Lines in the set.</summary>
    internal long Count { get; private set; }

    /// <summary>Adds a line, from 0, that is not there yet.</summary>
    internal void Add(long line)
    {
        int word = (int)(line >> 6);
        while (_words.Count <= word)
            _words.Add(0);
        _words[word] |= 1UL << (int)(line & 63);
        Count++;
    }

    /// <summary>The first line in the set at or after a line; -1 when there is none.</summary>
    internal long FirstFrom(long line)
    {
        int word = (int)(line >> 6);
        if (word >= _words.Count)
            return -1;
        ulong bits = _words[word] & (ulong.MaxValue << (int)(line & 63));
        while (bits == 0)
        {
            if (++word >= _words.Count)
                return -1;
            bits = _words[word];
        }

        return ((long)word << 6) + BitOperations.TrailingZeroCount(bits);
    }
}
