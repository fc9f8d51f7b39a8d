using Sequor.Text;

namespace Sequor.LanguageModels;

/// <summary>How well a language model foretells words: sums of log-probabilities, unknown words kept apart. The ends of sentences count as words.</summary>
/// <param name="KnownWords">Words that the model knows, and ends of sentences.</param>
/// <param name="KnownLogProb">The sum of their natural log-probabilities.</param>
/// <param name="UnknownWords">Words that it does not know.</param>
/// <param name="UnknownLogProb">The sum of the log-probabilities of an unknown word in their places.</param>
public readonly record struct Perplexity(long KnownWords, double KnownLogProb, long UnknownWords, double UnknownLogProb)
{
    /// <summary>All words and ends of sentences.</summary>
    public long Words => KnownWords + UnknownWords;

    /// <summary>The sum of all natural log-probabilities.</summary>
    public double LogProb => KnownLogProb + UnknownLogProb;

    /// <summary>e to the mean negative log-probability of all words.</summary>
    public double Value => Math.Exp(-LogProb / Words);

    /// <summary>The same of the words that the model knows.</summary>
    public double KnownValue => Math.Exp(-KnownLogProb / KnownWords);

    /// <summary>Both together.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static Perplexity operator +(Perplexity left, Perplexity right) => new(
        left.KnownWords + right.KnownWords, left.KnownLogProb + right.KnownLogProb,
        left.UnknownWords + right.UnknownWords, left.UnknownLogProb + right.UnknownLogProb);

    /// <summary>Scores a sentence, its end included.</summary>
    /// <param name="model">The model.</param>
    /// <param name="words">Numbers of words in <see cref="NgramModel.Words"/>.</param>
    public static Perplexity Of(NgramModel model, ReadOnlySpan<int> words)
    {
        ArgumentNullException.ThrowIfNull(model);
        Perplexity sum = default;
        NgramState state = model.Start;
        for (int place = 0; place <= words.Length; place++)
        {
            int word = place < words.Length ? words[place] : model.Words.EndId;
            float logProb = model.Score(state, word, out state);
            sum += word == model.Words.UnknownId ? new Perplexity(0, 0, 1, logProb) : new Perplexity(1, logProb, 0, 0);
        }

        return sum;
    }

    /// <summary>Scores a line whose words are parted by spaces or tabs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="line">The line.</param>
    public static Perplexity Of(NgramModel model, string line)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(model, Array.ConvertAll(AlignmentLine.WordsOf(line), model.WordOf));
    }

    /// <summary>Scores a line cut into the pieces of a vocabulary.</summary>
    /// <param name="model">A model of these pieces.</param>
    /// <param name="line">The line.</param>
    /// <param name="tokenizer">What cuts it.</param>
    public static Perplexity Of(NgramModel model, string line, Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        return Of(model, Array.ConvertAll(tokenizer.Encode(line), id => model.WordOf(PieceSpelling.Of(tokenizer.Vocabulary, id))));
    }
}
