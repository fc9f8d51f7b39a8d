using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Predictors;

/// <summary>The predictor that belongs to an ensemble.</summary>
internal static class EnsemblePredictors
{
    /// <summary>Makes it, for one session.</summary>
    /// <param name="ensemble">The models and what stands beside them.</param>
    /// <param name="endId">The end sign.</param>
    /// <param name="step">The session's step.</param>
    internal static Predictor For(Ensemble ensemble, int endId, Step step)
    {
        Predictor[] members = [.. ensemble.Models.Select((model, i) => ensemble.Shortlist is { } shortlist
            ? (Predictor)new ShortlistPredictor(model, shortlist, endId, step, measures: i == 0)
            : new ModelPredictor(model, step))];
        Predictor models = members.Length == 1 ? members[0] : new EnsemblePredictor(members, new Mixture(ensemble), step);
        return ensemble.LanguageModels.Count == 0 ? models : new FusedPredictor(models, ensemble.LanguageModels, step);
    }
}
