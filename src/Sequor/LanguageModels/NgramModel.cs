using System.Globalization;
using Sequor.Text;

namespace Sequor.LanguageModels;

/// <summary>
/// An n-gram language model with back-off. A word's probability is that of the longest n-gram known, times the back-off weights
/// of the longer contexts. Immutable: many threads may ask at once. Logarithms are natural; files hold those to the base of ten.
/// </summary>
public sealed class NgramModel
{
    internal NgramModel(Vocabulary words, NgramTrie trie)
    {
        (Words, Trie) = (words, trie);
        trie.Score(NgramTrie.Root, words.BeginId, out int start);
        Start = new NgramState(start);
    }

    /// <summary>The words, among them <c>&lt;unk&gt;</c>, <c>&lt;s&gt;</c> and <c>&lt;/s&gt;</c>.</summary>
    public Vocabulary Words { get; }

    /// <summary>Words of the longest n-grams, 1 to 6.</summary>
    public int Order => Trie.Order;

    /// <summary>The state at the beginning of a sentence.</summary>
    public NgramState Start { get; }

    /// <summary>The state that remembers nothing.</summary>
    public NgramState Empty => default;

    /// <summary>How many n-grams there are of each order, from 1 on.</summary>
    public IReadOnlyList<int> Counts => [.. Enumerable.Range(1, Order).Select(Trie.Count)];

    /// <summary>Bytes of the n-grams in memory, without the words' texts.</summary>
    public long SizeInBytes => Trie.Bytes;

    internal NgramTrie Trie { get; }

    /// <summary>Reads a model in ARPA form, plain or packed with gzip, as Sequor, KenLM, SRILM or IRSTLM write it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFormatException">The file is damaged; the message names the line.</exception>
    /// <exception cref="Batching.CorpusException">The file is missing, unreadable, or not UTF-8.</exception>
    public static NgramModel Load(string path) => ArpaReader.Read(path);

    /// <summary>Writes the model in ARPA form; packed with gzip where the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file to write; replaced only when the new one is complete.</param>
    public void Save(string path) => ArpaWriter.Write(path, this);

    /// <summary>The number of a word; that of <c>&lt;unk&gt;</c> where the model does not know it, or the text spells a name that stands for no text.</summary>
    /// <param name="word">The word.</param>
    public int WordOf(string word) => word is SpecialTokens.Begin or SpecialTokens.End ? Words.UnknownId : Words.IdOf(word);

    /// <summary>The log-probability of one word.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="word">Its number in <see cref="Words"/>.</param>
    /// <param name="next">The state after it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such word.</exception>
    public float Score(NgramState state, int word, out NgramState next)
    {
        if ((uint)word >= (uint)Words.Size)
            throw NoSuchWord(word);
        float logProb = Trie.Score(state.Context, word, out int context);
        next = new NgramState(context);
        return logProb;
    }

    /// <summary>The log-probabilities of all words, equal in bits to those of <see cref="Score"/>.</summary>
    /// <param name="state">The state before them.</param>
    /// <param name="logProbs">[V], V the size of <see cref="Words"/>.</param>
    /// <exception cref="ArgumentException">There is no room for all words, or too much.</exception>
    public void ScoreAll(NgramState state, Span<float> logProbs)
    {
        if (logProbs.Length != Words.Size)
            throw new ArgumentException(FormattableString.Invariant($"ScoreAll writes {Words.Size} log-probabilities, one for each word; the room has {logProbs.Length}."));
        Trie.ScoreAll(state.Context, Trie.Unigrams, [], logProbs);
    }

    /// <summary>The same model asked by the ids of a vocabulary, for shallow fusion.</summary>
    /// <param name="vocabulary">The target vocabulary of the model it is joined with; the language model must have been trained on its pieces.</param>
    /// <exception cref="ArgumentException">The language model knows words that are no pieces of the vocabulary.</exception>
    public ILanguageModel Over(Vocabulary vocabulary) => new VocabularyNgramModel(this, vocabulary);

    private ArgumentOutOfRangeException NoSuchWord(int word) => new(nameof(word), word, string.Create(
        CultureInfo.InvariantCulture, $"The language model has no word {word}: its words are 0 to {Words.Size - 1}."));
}
