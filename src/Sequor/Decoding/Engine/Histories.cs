namespace Sequor.Decoding.Engine;

/// <summary>
/// What a sentence's hypotheses have written, as a tree: hypotheses that grew from the same beginning share it. A history is the number of its last piece;
/// <see cref="Empty"/> has none.
/// </summary>
internal sealed class Histories
{
    internal const int Empty = -1;

    private Node[] _nodes = new Node[64];
    private float[]?[] _attention = [];
    private int _count;

    /// <summary>Forgets everything; the memory serves the next sentence.</summary>
    internal void Clear()
    {
        Array.Clear(_attention);
        _count = 0;
    }

    /// <summary>The history with one more piece.</summary>
    /// <param name="history">What came before.</param>
    /// <param name="id">The piece.</param>
    /// <param name="logProbability">log p of the piece.</param>
    /// <param name="attention">How much it looked at each source position; null when not recorded.</param>
    internal int Extend(int history, int id, float logProbability, float[]? attention = null)
    {
        if (_count == _nodes.Length)
        {
            Array.Resize(ref _nodes, 2 * _count);
        }

        if (attention is not null)
        {
            if (_attention.Length < _nodes.Length)
            {
                Array.Resize(ref _attention, _nodes.Length);
            }

            _attention[_count] = attention;
        }

        _nodes[_count] = new Node(history, Length(history) + 1, id, logProbability, Total(history) + logProbability);
        return _count++;
    }

    /// <summary>The number of pieces.</summary>
    internal int Length(int history) => history < 0 ? 0 : _nodes[history].Length;

    /// <summary>log p of all pieces.</summary>
    internal double Total(int history) => history < 0 ? 0 : _nodes[history].Total;

    /// <summary>The last piece.</summary>
    internal int LastId(int history) => _nodes[history].Id;

    /// <summary>The history without its last piece.</summary>
    internal int Parent(int history) => _nodes[history].Parent;

    /// <summary>How much the last piece looked at each source position; null when not recorded.</summary>
    internal float[]? Attention(int history) => history < 0 || history >= _attention.Length ? null : _attention[history];

    /// <summary>The pieces from the first to the last, written to the beginning of a buffer, which must be long enough.</summary>
    /// <returns>The part of the buffer that was written.</returns>
    internal Span<int> Ids(int history, Span<int> buffer)
    {
        Span<int> ids = buffer[..Length(history)];
        for (int node = history; node >= 0; node = _nodes[node].Parent)
        {
            ids[_nodes[node].Length - 1] = _nodes[node].Id;
        }

        return ids;
    }

    /// <summary>How many first pieces two histories share. Histories that wrote the same pieces on their own count too.</summary>
    internal int Shared(int one, int other)
    {
        while (Length(one) > Length(other))
        {
            one = Parent(one);
        }

        while (Length(other) > Length(one))
        {
            other = Parent(other);
        }

        int shared = Length(one);
        while (one != other)
        {
            shared = LastId(one) == LastId(other) ? shared : Length(one) - 1;
            (one, other) = (Parent(one), Parent(other));
        }

        return shared;
    }

    /// <summary>The first pieces of a history.</summary>
    internal int First(int history, int count)
    {
        while (Length(history) > count)
        {
            history = Parent(history);
        }

        return history;
    }

    /// <summary>The hypothesis that a history is.</summary>
    internal Hypothesis Finish(int history, double score, StopReason reason)
    {
        int text = reason == StopReason.EndOfSentence ? Parent(history) : history;
        var logProbabilities = new float[Length(history)];
        var attention = new float[Attention(history) is null ? 0 : Length(text)][];
        for (int node = history; node >= 0; node = _nodes[node].Parent)
        {
            int place = _nodes[node].Length - 1;
            logProbabilities[place] = _nodes[node].LogProbability;
            if (place < attention.Length)
            {
                attention[place] = _attention[node]!;
            }
        }

        var ids = new int[Length(text)];
        Ids(text, ids);
        return new Hypothesis(ids, score, Total(history), logProbabilities, reason, attention);
    }

    private readonly record struct Node(int Parent, int Length, int Id, float LogProbability, double Total);
}
