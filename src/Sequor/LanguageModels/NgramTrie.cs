using System.Numerics.Tensors;

namespace Sequor.LanguageModels;

/// <summary>
/// A back-off model in arrays. Nodes are n-grams: 0 is the empty one, 1 + w the word w alone, and behind them come the bigrams, the
/// trigrams and so on, each order sorted by the node of its first words and then by its last word. So the n-grams that go on from
/// one lie side by side, and a context is one number.
/// </summary>
internal sealed class NgramTrie
{
    /// <summary>The empty n-gram. Its own log-probability is that of a word that nobody knows.</summary>
    internal const int Root = 0;

    /// <summary>Stands for a word that nobody knows, where a word is asked for.</summary>
    internal const int NoWord = -1;

    /// <summary>The logarithm of what cannot happen, as ARPA files write it: -99 to the base of ten.</summary>
    internal const float Impossible = -99f * 2.30258509f;

    /// <summary>The highest order.</summary>
    internal const int MostOrders = 6;

    private readonly int[] _words;
    private readonly float[] _logProbs;
    private readonly float[] _backOffs;
    private readonly int[] _firstChildren;
    private readonly int[] _lower;
    private readonly int[] _starts;

    /// <summary>Takes n-grams that are in order, and finds where each backs off to.</summary>
    /// <param name="starts">For every order from 0, its first node; behind the last, how many nodes there are.</param>
    /// <param name="words">The last word of each node.</param>
    /// <param name="logProbs">The natural log-probability of each node's last word after its first ones.</param>
    /// <param name="backOffs">The natural logarithm of each context's back-off weight; for all nodes but those of the highest order.</param>
    /// <param name="firstChildren">The first node that goes on from each context, and one number more.</param>
    /// <param name="unknown">The word that stands for all that are not known.</param>
    internal NgramTrie(int[] starts, int[] words, float[] logProbs, float[] backOffs, int[] firstChildren, int unknown)
    {
        (_starts, _words, _logProbs, _backOffs, _firstChildren) = (starts, words, logProbs, backOffs, firstChildren);
        _lower = new int[words.Length];
        _logProbs[Root] = _logProbs[1 + unknown];
        for (int order = 2; order <= Order; order++)
        {
            for (int parent = starts[order - 1]; parent < starts[order]; parent++)
                LinkChildren(parent);
        }
    }

    /// <summary>The highest order, 1 or more.</summary>
    internal int Order => _starts.Length - 2;

    /// <summary>How many words there are.</summary>
    internal int WordCount => _starts[2] - 1;

    /// <summary>[V] the log-probabilities of all words without a context.</summary>
    internal ReadOnlySpan<float> Unigrams => _logProbs.AsSpan(1, WordCount);

    /// <summary>How many n-grams there are of an order.</summary>
    internal int Count(int order) => _starts[order + 1] - _starts[order];

    /// <summary>The first node of an order; of one more than the highest, how many nodes there are.</summary>
    internal int First(int order) => _starts[order];

    /// <summary>The nodes that go on from a context.</summary>
    internal (int First, int End) Children(int context) => (_firstChildren[context], _firstChildren[context + 1]);

    internal int Word(int node) => _words[node];

    internal float LogProb(int node) => _logProbs[node];

    internal float BackOff(int context) => _backOffs[context];

    /// <summary>Memory of the arrays.</summary>
    internal long Bytes => sizeof(int) * ((3L * _words.Length) + _backOffs.Length + _firstChildren.Length);

    /// <summary>The node of a context and one word more; -1 where there is none. After nothing, <see cref="NoWord"/> leads to the root again.</summary>
    internal int Find(int context, int word)
    {
        if (context == Root)
            return 1 + word;
        (int first, int end) = Children(context);
        int place = _words.AsSpan(first, end - first).BinarySearch(word);
        return place < 0 ? -1 : first + place;
    }

    /// <summary>The log-probability of a word after a context: the longest n-gram that is known, and the weights of all contexts above it.</summary>
    /// <param name="context">A context that this trie gave.</param>
    /// <param name="word">The word.</param>
    /// <param name="next">The context after it.</param>
    internal float Score(int context, int word, out int next)
    {
        float backOff = 0;
        while (true)
        {
            int node = Find(context, word);
            if (node >= 0)
            {
                next = ContextOf(node);
                return backOff + _logProbs[node];
            }

            backOff += _backOffs[context];
            context = _lower[context];
        }
    }

    /// <summary>The log-probabilities of all words after a context, for whoever numbers them otherwise.</summary>
    /// <param name="context">A context that this trie gave.</param>
    /// <param name="unigrams">[V] the log-probabilities without a context, in the numbering wanted.</param>
    /// <param name="places">For every word where it stands in that numbering, or -1; empty where words keep their numbers.</param>
    /// <param name="logProbs">[V]</param>
    internal void ScoreAll(int context, ReadOnlySpan<float> unigrams, ReadOnlySpan<int> places, Span<float> logProbs)
    {
        Span<int> contexts = stackalloc int[MostOrders];
        Span<float> backOffs = stackalloc float[MostOrders];
        int depth = 0;
        float backOff = 0;
        for (; context != Root; context = _lower[context])
        {
            (contexts[depth], backOffs[depth]) = (context, backOff);
            backOff += _backOffs[context];
            depth++;
        }

        // What is said by a longer context comes later and stands.
        TensorPrimitives.Add(unigrams, backOff, logProbs);
        while (depth-- > 0)
            Overwrite(contexts[depth], backOffs[depth], places, logProbs);
    }

    private void Overwrite(int context, float backOff, ReadOnlySpan<int> places, Span<float> logProbs)
    {
        (int first, int end) = Children(context);
        ReadOnlySpan<int> words = _words.AsSpan(first, end - first);
        ReadOnlySpan<float> known = _logProbs.AsSpan(first, words.Length);
        for (int i = 0; i < words.Length; i++)
        {
            int place = places.IsEmpty ? words[i] : places[words[i]];
            if (place >= 0)
                logProbs[place] = backOff + known[i];
        }
    }

    private void LinkChildren(int parent)
    {
        (int first, int end) = Children(parent);
        for (int node = first; node < end; node++)
        {
            int context = _lower[parent];
            int shorter;
            while ((shorter = Find(context, _words[node])) < 0)
                context = _lower[context];
            _lower[node] = ContextOf(shorter);
        }
    }

    /// <summary>The longest context that a node leaves behind: itself, unless nothing follows it and backing off from it costs nothing.</summary>
    private int ContextOf(int node) =>
        node < _backOffs.Length && (_firstChildren[node + 1] > _firstChildren[node] || _backOffs[node] != 0) ? node : _lower[node];
}
