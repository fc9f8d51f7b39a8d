using System.Globalization;
using Sequor.Text.SubwordNmt;

namespace Sequor.Text.Training;

/// <summary>How <see cref="SubwordNmtTrainer"/> learns; names and defaults follow <c>subword-nmt learn-bpe</c>.</summary>
public sealed record SubwordNmtTrainingOptions
{
    /// <summary>Merges to learn at most, 0 or more. Default 10,000.</summary>
    public int Merges { get; init; } = 10_000;

    /// <summary>Learning stops when no pair of symbols is this frequent, 1 or more. Default 2.</summary>
    public int MinimumFrequency { get; init; } = 2;

    /// <summary>How pieces are written.</summary>
    public SubwordNmtOptions Pieces { get; init; } = new();

    /// <summary>Every fault of these settings, as sentences; empty when there is none.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. Merges < 0 ? [string.Create(CultureInfo.InvariantCulture, $"Merges is {Merges}; it must be 0 or more.")] : (string[])[],
        .. MinimumFrequency < 1 ? [string.Create(CultureInfo.InvariantCulture, $"MinimumFrequency is {MinimumFrequency}; it must be 1 or more.")] : (string[])[],
        .. Pieces.Validate(),
    ];
}

/// <summary>
/// Learns the merges that <c>subword-nmt learn-bpe</c> learns (Sennrich, Haddow and Birch 2016, algorithm 1): the most frequent pair of symbols first; of equally
/// frequent ones the one that comes last by the code points of its left, then of its right symbol. The vocabulary is that of the text cut by them, the most
/// frequent piece first, of equally frequent ones the first by UTF-16 code unit.
/// </summary>
public static class SubwordNmtTrainer
{
    /// <summary>Learns from text.</summary>
    /// <param name="lines">The text, words parted by spaces.</param>
    /// <param name="options">How; defaults when left out.</param>
    /// <param name="cancellation">Ends the learning with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SubwordNmtTokenizer Train(
        IEnumerable<string> lines, SubwordNmtTrainingOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        options ??= new SubwordNmtTrainingOptions();
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        var words = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string word in lines.SelectMany(line => line.Trim('\r', '\n', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            words[word] = words.GetValueOrDefault(word) + 1;
        }

        var learner = new MergeLearner(words);
        var merges = new List<(string, string)>();
        while (merges.Count < options.Merges && learner.TryMergeBest(options.MinimumFrequency, out (string, string) merge))
        {
            cancellation.ThrowIfCancellationRequested();
            merges.Add(merge);
        }

        var codes = new MergeCodes(merges, isFirstVersion: false);
        return new SubwordNmtTokenizer(codes, options.Pieces, VocabularyOf(words, codes, options.Pieces), isRestricted: false);
    }

    private static Vocabulary VocabularyOf(Dictionary<string, long> words, MergeCodes codes, SubwordNmtOptions options)
    {
        var tokenizer = new SubwordNmtTokenizer(codes, options, new Vocabulary(SpecialTokens.All), isRestricted: false);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string word, long count) in words)
        {
            foreach (string piece in tokenizer.Pieces(word))
            {
                counts[piece] = counts.GetValueOrDefault(piece) + count;
            }
        }

        return new Vocabulary(SpecialTokens.All.Concat(counts
            .Where(entry => !SpecialTokens.All.Contains(entry.Key))
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key)));
    }

    /// <summary>The code points of a word, the last one with the mark of the word's end.</summary>
    internal static string[] SymbolsOf(string word)
    {
        string[] symbols = [.. word.EnumerateRunes().Select(rune => rune.ToString())];
        symbols[^1] += MergeCodes.WordEnd;
        return symbols;
    }
}
