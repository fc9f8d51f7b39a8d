using Sequor.Batching;
using Sequor.Decoding.Constraints;
using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;
using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>The search that belongs to each kind of options.</summary>
public static class Searches
{
    /// <summary>Makes the search.</summary>
    /// <param name="model">Any encoder–decoder.</param>
    /// <param name="special">The ids of begin, end and padding.</param>
    /// <param name="options">Options of greedy search, beam search or sampling.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or are of an unknown kind.</exception>
    public static ISearch For(EncoderDecoder model, SpecialIds special, SearchOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        return For(Ensemble.Of(model), special, options);
    }

    /// <summary>Makes the search over several models, or over a model with language models.</summary>
    /// <param name="ensemble">What predicts.</param>
    /// <param name="special">The ids of begin, end and padding.</param>
    /// <param name="options">Options of greedy search, beam search or sampling.</param>
    /// <exception cref="ArgumentException">The options contradict each other or are of an unknown kind, or the ensemble's parts do not fit together.</exception>
    public static ISearch For(Ensemble ensemble, SpecialIds special, SearchOptions options)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(options);
        ensemble.ThrowIfInvalid();
        options.ThrowIfInvalid();
        _ = new SearchPlan(options, special);
        return new BatchSearch(step => EnsemblePredictors.For(ensemble, special.End, step), special, options);
    }

    /// <summary>Decodes a batch of sentences that enter together.</summary>
    private sealed class BatchSearch(Func<Step, Predictor> predictorFor, SpecialIds special, SearchOptions options) : ISearch
    {
        public IReadOnlyList<IReadOnlyList<Hypothesis>> Search(
            Step step, SequenceBatch source, IReadOnlyList<int[]>? prefixes = null,
            IReadOnlyList<IReadOnlyList<OutputConstraint>>? constraints = null, CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(source);
            if (prefixes is not null && prefixes.Count != source.Count)
            {
                throw new ArgumentException($"{source.Count} sentences were given {prefixes.Count} prefixes; one for each is needed.", nameof(prefixes));
            }

            if (constraints is not null && constraints.Count != source.Count)
            {
                throw new ArgumentException($"{source.Count} sentences were given {constraints.Count} lists of constraints; one for each is needed.", nameof(constraints));
            }

            using Predictor predictor = predictorFor(step);
            var requests = new SentenceRequests(options, predictor.VocabularySize, predictor.LongestSequence);
            SentenceRequest[] all = [.. Enumerable.Range(0, source.Count).Select(
                i => requests.Make(i, source.Sentence(i).ToArray(), source.SentenceNumbers[i], prefixes?[i] ?? [], constraints?[i] ?? []))];
            var results = new IReadOnlyList<Hypothesis>[all.Length];
            SentenceRequest[] waiting = all;
            new DecodingLoop(predictor, special).Run(
                _ => Interlocked.Exchange(ref waiting, []), new BatchRoom(all.Length, int.MaxValue), (request, found) => results[request.Place] = found, cancellation);
            return results;
        }
    }
}
