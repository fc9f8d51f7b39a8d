using System.Globalization;

namespace Sequor.Batching;

/// <summary>Lengths of the sentences on one side of the corpora.</summary>
public sealed class SideReport
{
    /// <summary>Lengths per bar of the histogram, in tokens.</summary>
    public const int HistogramWidth = 10;

    private readonly List<long> _histogram = [];

    internal SideReport()
    {
    }

    /// <summary>Characters (code points) of all measured sentences, prefixes included.</summary>
    public long Characters { get; private set; }

    /// <summary>Tokens of all measured sentences, without begin and end tokens.</summary>
    public long Tokens { get; private set; }

    /// <summary>Tokens that the vocabulary lacks.</summary>
    public long UnknownTokens { get; private set; }

    /// <summary>Tokens of the longest sentence.</summary>
    public int LongestTokens { get; private set; }

    /// <summary>Share of the tokens that the vocabulary lacks, 0 to 1.</summary>
    public double UnknownRate => Tokens == 0 ? 0 : (double)UnknownTokens / Tokens;

    /// <summary>Sentences by length: entry k counts those of 10·k to 10·k + 9 tokens.</summary>
    public IReadOnlyList<long> LengthHistogram => _histogram;

    internal void Add(int characters, int[] ids, int unknownId)
    {
        Characters += characters;
        Tokens += ids.Length;
        UnknownTokens += ids.Count(id => id == unknownId);
        LongestTokens = Math.Max(LongestTokens, ids.Length);
        int bar = ids.Length / HistogramWidth;
        while (_histogram.Count <= bar)
            _histogram.Add(0);
        _histogram[bar]++;
    }

    internal string InWords(long sentences)
    {
        double count = Math.Max(1, sentences);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Tokens:N0} tokens, {Tokens / count:F1} per sentence, longest {LongestTokens}; {Characters / count:F1} characters per sentence; unknown {UnknownRate:P2}");
    }
}
