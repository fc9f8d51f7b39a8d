using System.Runtime.InteropServices;

namespace Sequor.Alignments;

/// <summary>The words of one side of a corpus, numbered from 0 in the order in which they came. Not thread-safe while words are added.</summary>
public sealed class WordNumbers
{
    private readonly Dictionary<string, int> _numbers;
    private readonly List<string> _words;

    /// <summary>Starts without words.</summary>
    public WordNumbers()
        : this([])
    {
    }

    /// <summary>Starts with the given words, such as the pieces of a vocabulary.</summary>
    /// <param name="words">The words in the order of their numbers.</param>
    /// <exception cref="ArgumentException">A word comes twice.</exception>
    public WordNumbers(IEnumerable<string> words)
    {
        _words = [.. words];
        _numbers = new Dictionary<string, int>(_words.Count, StringComparer.Ordinal);
        for (int number = 0; number < _words.Count; number++)
        {
            if (!_numbers.TryAdd(_words[number], number))
                throw new ArgumentException($"The word '{_words[number]}' comes twice; words are numbered once.", nameof(words));
        }
    }

    /// <summary>How many words there are.</summary>
    public int Count => _words.Count;

    /// <summary>The words in the order of their numbers.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The number of a word, or -1 where it is not known.</summary>
    /// <param name="word">The word.</param>
    public int NumberOf(ReadOnlySpan<char> word) =>
        _numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out int number) ? number : -1;

    /// <summary>The number of a word, which is added where it is not known.</summary>
    /// <param name="word">The word.</param>
    public int Add(ReadOnlySpan<char> word)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers.GetAlternateLookup<ReadOnlySpan<char>>(), word, out bool known);
        if (!known)
        {
            number = _words.Count;
            _words.Add(word.ToString());
        }

        return number;
    }

    /// <summary>The numbers of a line's words, which stand between spaces or tabs.</summary>
    /// <param name="line">The line.</param>
    /// <param name="learn">Whether unknown words are added; otherwise they get -1.</param>
    public int[] Encode(string line, bool learn)
    {
        ArgumentNullException.ThrowIfNull(line);
        List<int> numbers = [];
        ReadOnlySpan<char> text = line;
        foreach (Range range in text.SplitAny(' ', '\t'))
        {
            ReadOnlySpan<char> word = text[range];
            if (!word.IsEmpty)
                numbers.Add(learn ? Add(word) : NumberOf(word));
        }

        return [.. numbers];
    }
}
