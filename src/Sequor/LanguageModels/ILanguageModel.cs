namespace Sequor.LanguageModels;

/// <summary>
/// A language model over the pieces of a vocabulary, as shallow fusion asks it: hypotheses are ranked by
/// log p_MT(piece | source, history) + weight · log p_LM(piece | history) (Gülçehre et al. 2015).
/// Every hypothesis carries its <see cref="NgramState"/>. Immutable: many threads may ask at once. Logarithms are natural.
/// </summary>
public interface ILanguageModel
{
    /// <summary>Pieces of the vocabulary, V.</summary>
    int VocabularySize { get; }

    /// <summary>The state at the beginning of a sentence.</summary>
    NgramState Start { get; }

    /// <summary>The state after one more piece.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="id">The piece, 0 to V - 1.</param>
    NgramState Advance(NgramState state, int id);

    /// <summary>The log-probability of one piece.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="id">The piece, 0 to V - 1; the end of the sentence is one too.</param>
    /// <param name="next">The state after it.</param>
    /// <returns>A finite number; below -200 for a piece that cannot come, such as the beginning of a sentence or padding.</returns>
    float Score(NgramState state, int id, out NgramState next);

    /// <summary>The log-probabilities of all pieces, equal in bits to those of <see cref="Score"/>. Allocates nothing.</summary>
    /// <param name="state">The state before them.</param>
    /// <param name="logProbs">[V], where they are written.</param>
    void ScoreAll(NgramState state, Span<float> logProbs);
}
