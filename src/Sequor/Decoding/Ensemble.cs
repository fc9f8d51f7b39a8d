using System.Globalization;
using Sequor.Models;

namespace Sequor.Decoding;

/// <summary>How models predict together.</summary>
public enum EnsembleMode
{
    /// <summary>The weighted mean of their probabilities: what one of them holds for possible stays possible.</summary>
    Linear,

    /// <summary>The weighted mean of their log-probabilities, made probabilities again: what one of them holds for impossible is impossible.</summary>
    LogLinear,
}

/// <summary>What predicts the next piece: one model or several, with language models and a shortlist beside them. The parts stay their owners'.</summary>
public sealed record Ensemble
{
    /// <summary>The models, 1 or more, all of the same vocabularies; they may be of any kinds.</summary>
    public required IReadOnlyList<EncoderDecoder> Models { get; init; }

    /// <summary>How much each model counts, above 0; they are divided by their sum. None: all alike. Default none.</summary>
    public IReadOnlyList<float> Weights { get; init; } = [];

    /// <summary>How the models predict together. Default linear: it needs no second normalisation, and one model that errs cannot forbid a piece to the others.</summary>
    public EnsembleMode Mode { get; init; } = EnsembleMode.Linear;

    /// <summary>Language models whose weighted log-probabilities are added (shallow fusion). Default none.</summary>
    public IReadOnlyList<FusedLanguageModel> LanguageModels { get; init; } = [];

    /// <summary>The part of the vocabulary that each sentence chooses among; null for all of it. Default null.</summary>
    public OutputShortlist? Shortlist { get; init; }

    /// <summary>Pieces of the target vocabulary, V.</summary>
    public int VocabularySize => Models[0].TargetVocabularySize;

    /// <summary>The longest sentence, in pieces, that all of them can read and write.</summary>
    public int LongestSequence => Models.Concat(LanguageModels.Select(one => one.Model).OfType<EncoderDecoder>()).Min(model => model.LongestSequence);

    /// <summary>One model alone.</summary>
    /// <param name="model">The model.</param>
    public static Ensemble Of(EncoderDecoder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Ensemble { Models = [model] };
    }

    /// <summary>Every fault, as sentences; none when the parts fit together.</summary>
    public IReadOnlyList<string> Validate()
    {
        if (Models.Count == 0)
        {
            return ["An ensemble needs one model or more; none was given."];
        }

        List<string> faults = [];
        int size = VocabularySize;
        foreach (EncoderDecoder model in Models.Where(model => model.TargetVocabularySize != size))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The models of an ensemble must share their target vocabulary, but the first has {size} pieces and another {model.TargetVocabularySize}."));
        }

        foreach (FusedLanguageModel one in LanguageModels.Where(one => one.VocabularySize != size))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The language model must be one of the target vocabulary, which has {size} pieces, but it knows {one.VocabularySize}."));
        }

        if (Shortlist is { Table.TargetWords.Count: var listed } && listed != size)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"The shortlist must be one of the target vocabulary, which has {size} pieces, but its table knows {listed}."));
        }

        if (Weights.Count > 0 && Weights.Count != Models.Count)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{Models.Count} models were given {Weights.Count} weights; one for each is needed, or none at all."));
        }

        if (Weights.Any(weight => !(weight > 0) || !float.IsFinite(weight)))
        {
            faults.Add("The weights of an ensemble's models must be above 0: leave out a model that shall not count.");
        }

        faults.AddRange(LanguageModels.Where(one => !float.IsFinite(one.Weight)).Select(_ => "The weight of a language model must be a finite number."));
        return faults;
    }

    internal void ThrowIfInvalid()
    {
        if (Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults));
        }
    }

    /// <summary>What each model counts, summing to 1, [models].</summary>
    internal float[] Shares()
    {
        double sum = Weights.Sum(weight => (double)weight);
        return Weights.Count == 0
            ? [.. Models.Select(_ => 1f / Models.Count)]
            : [.. Weights.Select(weight => (float)(weight / sum))];
    }
}
