using System.Text;
using Sequor.Text;

namespace Sequor.Batching;

/// <summary>How often each trigram of characters occurs on one side of a corpus; enough to tell two languages apart.</summary>
internal sealed class LanguageProfile
{
    // Trigrams that share a bucket only blur the profile a little.
    private const int Buckets = 1 << 18;

    private readonly int[] _counts = new int[Buckets];
    private long _total;

    internal void Add(int[] trigrams)
    {
        foreach (int trigram in trigrams)
            _counts[trigram]++;
        _total += trigrams.Length;
    }

    /// <summary>
    /// The log probability of trigrams that were added with their sentence, as if it had not been: a rare one would
    /// otherwise vouch for itself.
    /// </summary>
    internal double LogOfOwn(int trigram) => Log(_counts[trigram] - 1);

    internal double LogOfOther(int trigram) => Log(_counts[trigram]);

    /// <summary>The buckets of a text's trigrams, in lower case, with a space before and behind.</summary>
    internal static int[] Trigrams(string text)
    {
        List<int> trigrams = [];
        (uint before, uint at) = (0, ' ');
        foreach (Rune rune in TextTransforms.Lowercase(text).EnumerateRunes())
            Push((uint)rune.Value);
        Push(' ');
        return [.. trigrams];

        void Push(uint next)
        {
            if (before != 0)
                trigrams.Add((int)(KeyedRandom.Mix(((ulong)before << 42) | ((ulong)at << 21) | next) % Buckets));
            (before, at) = (at, next);
        }
    }

    private double Log(int count) => Math.Log((count + 0.5) / (_total + (0.5 * Buckets)));
}
