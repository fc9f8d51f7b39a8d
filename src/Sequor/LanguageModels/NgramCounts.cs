namespace Sequor.LanguageModels;

/// <summary>
/// How often each n-gram occurs, laid out as <see cref="NgramTrie"/> lays them out, with the number of the n-gram that lacks the first word.
/// Found by sorting places of the text: n-grams that begin alike come to lie together, and no n-gram is ever stored by itself.
/// </summary>
internal sealed class NgramCounts
{
    private readonly int[] _text;
    private readonly int _end;

    private NgramCounts(int[] text, int end, int order, int wordCount)
    {
        (_text, _end, Starts) = (text, end, new int[order + 2]);
        Starts[1] = 1;
        Starts[2] = 1 + wordCount;
    }

    /// <summary>For every order from 0, its first node; behind the last, how many nodes there are.</summary>
    internal int[] Starts { get; }

    /// <summary>The last word of each node.</summary>
    internal int[] Words { get; private set; } = [];

    /// <summary>How often each node's n-gram occurs.</summary>
    internal int[] Occurrences { get; private set; } = [];

    /// <summary>The first node that goes on from each context, and one number more.</summary>
    internal int[] FirstChildren { get; private set; } = [];

    /// <summary>Each node's n-gram without its first word.</summary>
    internal int[] Suffixes { get; private set; } = [];

    internal int Order => Starts.Length - 2;

    /// <summary>Counts all n-grams up to an order.</summary>
    /// <param name="text">Sentences end to end, each from its beginning's word to its end's.</param>
    /// <param name="end">The word that ends a sentence, and stands nowhere else.</param>
    /// <param name="order">The highest order, 1 to 6.</param>
    /// <param name="wordCount">How many words there are; all are nodes, whether they occur or not.</param>
    /// <param name="stop">Looked at now and then.</param>
    internal static NgramCounts Of(int[] text, int end, int order, int wordCount, CancellationToken stop)
    {
        NgramCounts counts = new(text, end, order, wordCount);
        int[] places = new NgramSorter(text, end, order, wordCount, stop).Sort();
        stop.ThrowIfCancellationRequested();
        counts.Allocate(places, wordCount);
        counts.Fill(places);
        counts.CloseChildren();
        stop.ThrowIfCancellationRequested();
        counts.LinkSuffixes();
        return counts;
    }

    private void Allocate(int[] places, int wordCount)
    {
        long[] sizes = new long[Order + 1];
        int before = -1;
        foreach (int place in places)
        {
            int shared = before < 0 ? 0 : Shared(before, place);
            for (int order = shared + 1; order <= LengthAt(place); order++)
                sizes[order]++;
            before = place;
        }

        for (int order = 2; order <= Order; order++)
            Starts[order + 1] = checked((int)(Starts[order] + sizes[order]));
        int total = Starts[Order + 1];
        Words = new int[total];
        Occurrences = new int[total];
        FirstChildren = new int[Starts[Order] + 1];
        Array.Fill(FirstChildren, -1);
        for (int word = 0; word < wordCount; word++)
            Words[1 + word] = word;
    }

    private void Fill(int[] places)
    {
        int[] next = [.. Starts];
        int[] path = new int[Order + 1];
        int before = -1;
        foreach (int place in places)
        {
            int shared = before < 0 ? 0 : Shared(before, place);
            int length = LengthAt(place);
            for (int order = 1; order <= length; order++)
            {
                if (order > shared)
                    path[order] = Add(place, order, next);
                Occurrences[path[order]]++;
            }

            before = place;
        }
    }

    private int Add(int place, int order, int[] next)
    {
        int word = _text[place + order - 1];
        int node = order == 1 ? 1 + word : next[order]++;
        Words[node] = word;
        if (order < Order)
            FirstChildren[node] = next[order + 1];
        return node;
    }

    // A word that never begins an n-gram has no children: its first child is that of the next node.
    private void CloseChildren()
    {
        FirstChildren[NgramTrie.Root] = 1;
        FirstChildren[^1] = Starts[Order + 1];
        for (int node = FirstChildren.Length - 2; node > 0; node--)
        {
            if (FirstChildren[node] < 0)
                FirstChildren[node] = FirstChildren[node + 1];
        }
    }

    private void LinkSuffixes()
    {
        Suffixes = new int[Words.Length];
        for (int parent = 1; parent < Starts[Order]; parent++)
        {
            int suffix = Suffixes[parent];
            int from = FirstChildren[suffix];
            for (int node = FirstChildren[parent]; node < FirstChildren[parent + 1]; node++)
            {
                if (suffix != NgramTrie.Root)
                    from += Words.AsSpan(from, FirstChildren[suffix + 1] - from).BinarySearch(Words[node]);
                Suffixes[node] = suffix == NgramTrie.Root ? 1 + Words[node] : from;
            }
        }
    }

    /// <summary>With how many words in common two places begin, up to the highest order.</summary>
    private int Shared(int left, int right)
    {
        int shared = 0;
        while (shared < Order && _text[left + shared] == _text[right + shared])
        {
            shared++;
            if (_text[left + shared - 1] == _end)
                break;
        }

        return shared;
    }

    /// <summary>Words from a place to the end of its sentence, up to the highest order.</summary>
    private int LengthAt(int place)
    {
        int length = 1;
        while (length < Order && _text[place + length - 1] != _end)
            length++;
        return length;
    }
}
