using Sequor.LanguageModels;
using Sequor.Models;

namespace Sequor.Decoding;

/// <summary>A language model that has a say in what comes next: hypotheses are ranked by log p + weight · log p of the language model (Gülçehre et al. 2015).</summary>
public sealed class FusedLanguageModel
{
    /// <summary>An n-gram model.</summary>
    /// <param name="model">The model, over the ids of the target vocabulary.</param>
    /// <param name="weight">What its log-probabilities are multiplied by; below 0 marks down what it holds for likely.</param>
    public FusedLanguageModel(ILanguageModel model, float weight)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Ngrams, Weight, VocabularySize) = (model, weight, model.VocabularySize);
    }

    /// <summary>A neural model: an encoder–decoder that was trained with empty sources.</summary>
    /// <param name="model">The model; it stays its owner's.</param>
    /// <param name="sourceEndId">The end sign of its source vocabulary, which is all that it reads as source.</param>
    /// <param name="weight">What its log-probabilities are multiplied by; below 0 marks down what it holds for likely.</param>
    public FusedLanguageModel(EncoderDecoder model, int sourceEndId, float weight)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Model, SourceEndId, Weight, VocabularySize) = (model, sourceEndId, weight, model.TargetVocabularySize);
    }

    /// <summary>What its log-probabilities are multiplied by.</summary>
    public float Weight { get; }

    /// <summary>Pieces of its vocabulary, V.</summary>
    public int VocabularySize { get; }

    /// <summary>The n-gram model; null where it is neural.</summary>
    internal ILanguageModel? Ngrams { get; }

    /// <summary>The neural model; null where it is one of n-grams.</summary>
    internal EncoderDecoder? Model { get; }

    /// <summary>What a neural model reads as source.</summary>
    internal int SourceEndId { get; }
}
