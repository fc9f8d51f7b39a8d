using Sequor.Text;

namespace Sequor.LanguageModels;

/// <summary>Trains n-gram models with interpolated modified Kneser–Ney smoothing (Chen and Goodman 1998).</summary>
public static class NgramTrainer
{
    /// <summary>Trains a model of the words of a text, which are parted by spaces or tabs.</summary>
    /// <param name="lines">Sentences; those without a word are passed over.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="report">What was seen.</param>
    /// <param name="stop">Looked at between lines and between passes.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there is no sentence.</exception>
    public static NgramModel Train(IEnumerable<string> lines, NgramTrainingOptions? options, out NgramTrainingReport report, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        options ??= new NgramTrainingOptions();
        ThrowIfInvalid(options);
        return Train(TrainingText.OfWords(lines, options.MinimumCount), options, out report, stop);
    }

    /// <summary>Trains a model of the pieces of a vocabulary; every piece gets a probability, also one that the text lacks.</summary>
    /// <param name="lines">Sentences; those without a piece are passed over.</param>
    /// <param name="tokenizer">What cuts them; for shallow fusion, that of the target side.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="report">What was seen.</param>
    /// <param name="stop">Looked at between lines and between passes.</param>
    /// <exception cref="ArgumentException">An option is out of range, there is no sentence, or two pieces look the same between spaces.</exception>
    public static NgramModel Train(IEnumerable<string> lines, Tokenizer tokenizer, NgramTrainingOptions? options, out NgramTrainingReport report, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(tokenizer);
        options ??= new NgramTrainingOptions();
        ThrowIfInvalid(options);
        if (options.MinimumCount > 1)
            throw new ArgumentException("Words can be left out for being rare, pieces of a vocabulary cannot: leave MinimumCount at 1, or train a smaller vocabulary.", nameof(options));
        return Train(TrainingText.OfPieces(lines, tokenizer), options, out report, stop);
    }

    private static NgramModel Train(TrainingText text, NgramTrainingOptions options, out NgramTrainingReport report, CancellationToken stop)
    {
        if (text.Sentences == 0)
            throw new ArgumentException("There is no sentence to learn from: every line was empty.");
        Vocabulary words = text.Words;
        NgramCounts counts = NgramCounts.Of(text.Ids, words.EndId, options.Order, words.Size, stop);
        KneserNey smoothing = new(counts, words.BeginId, text.Padding, options.PruneThresholds);
        report = new NgramTrainingReport(text.Sentences, text.Length, text.Unknown, smoothing.Discounts);
        return new NgramModel(words, smoothing.Trie(words.UnknownId));
    }

    private static void ThrowIfInvalid(NgramTrainingOptions options)
    {
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
