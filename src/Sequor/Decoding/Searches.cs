using Sequor.Models;

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
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        return options switch
        {
            BeamSearchOptions beam => new BeamSearch(model, special, beam),
            GreedySearchOptions greedy => new GreedySearch(model, special, greedy),
            SamplingSearchOptions sampling => new RandomSampling(model, special, sampling),
            _ => throw new ArgumentException($"There is no search for options of the type {options.GetType().Name}.", nameof(options)),
        };
    }
}
