using System.Globalization;
using Sequor.Text;

namespace Sequor.LanguageModels;

/// <summary>An n-gram model asked by the ids of a vocabulary on whose pieces it was trained.</summary>
internal sealed class VocabularyNgramModel : ILanguageModel
{
    private const int NamedAtMost = 3;

    private readonly NgramTrie _trie;
    private readonly int[] _wordOf;
    private readonly int[] _idOf;
    private readonly float[] _unigrams;

    /// <summary>Finds for every piece its word.</summary>
    /// <exception cref="ArgumentException">The model knows words that are no pieces.</exception>
    internal VocabularyNgramModel(NgramModel model, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        (_trie, Start) = (model.Trie, model.Start);
        _wordOf = new int[vocabulary.Size];
        _idOf = new int[model.Words.Size];
        Array.Fill(_idOf, -1);
        for (int id = 0; id < _wordOf.Length; id++)
        {
            int word = WordOf(model.Words, vocabulary, id);
            _wordOf[id] = word;
            if (word >= 0)
                _idOf[word] = id;
        }

        ThrowIfOfOtherPieces(model.Words, vocabulary);
        // A model has no n-gram that ends with the beginning of a sentence, and gives that no probability: as it should be with padding.
        if (vocabulary.PadId >= 0)
            _wordOf[vocabulary.PadId] = model.Words.BeginId;
        _unigrams = new float[vocabulary.Size];
        for (int id = 0; id < _unigrams.Length; id++)
            _unigrams[id] = _trie.LogProb(1 + _wordOf[id]);
    }

    /// <inheritdoc/>
    public int VocabularySize => _wordOf.Length;

    /// <inheritdoc/>
    public NgramState Start { get; }

    /// <inheritdoc/>
    public NgramState Advance(NgramState state, int id)
    {
        _trie.Score(state.Context, _wordOf[id], out int next);
        return new NgramState(next);
    }

    /// <inheritdoc/>
    public float Score(NgramState state, int id, out NgramState next)
    {
        float logProb = _trie.Score(state.Context, _wordOf[id], out int context);
        next = new NgramState(context);
        return logProb;
    }

    /// <inheritdoc/>
    public void ScoreAll(NgramState state, Span<float> logProbs)
    {
        if (logProbs.Length != _wordOf.Length)
            throw new ArgumentException(FormattableString.Invariant($"ScoreAll writes {_wordOf.Length} log-probabilities, one for each piece; the room has {logProbs.Length}."));
        _trie.ScoreAll(state.Context, _unigrams, _idOf, logProbs);
    }

    private static int WordOf(Vocabulary words, Vocabulary vocabulary, int id)
    {
        string spelling = PieceSpelling.Of(vocabulary, id);
        return words.Contains(spelling) ? words.IdOf(spelling) : NgramTrie.NoWord;
    }

    private void ThrowIfOfOtherPieces(Vocabulary words, Vocabulary vocabulary)
    {
        int[] strangers = [.. Enumerable.Range(0, words.Size).Where(word => _idOf[word] < 0 && !SpecialTokens.All.Contains(words[word]))];
        if (strangers.Length == 0)
            return;
        string named = string.Join(", ", strangers.Take(NamedAtMost).Select(word => $"'{words[word]}'"));
        throw new ArgumentException(string.Create(
            CultureInfo.InvariantCulture,
            $"The language model was not trained on the pieces of this vocabulary: {strangers.Length} of its {words.Size} words are none of the {vocabulary.Size} pieces, such as {named}. ") +
            "Train one with 'sequor lm train --vocab' and the model's target vocabulary.");
    }
}
