using Sequor.Decoding.Searching;

namespace Sequor.Decoding.Engine;

/// <summary>One way to search, for the sentences of one session: its rules, and searches that wait for their next sentence.</summary>
internal sealed class SearchPlan
{
    private readonly Stack<SentenceSearch> _idle = [];
    private readonly Func<SentenceSearch> _make;

    /// <summary>Makes the plan.</summary>
    /// <param name="options">How to search.</param>
    /// <param name="special">The signs that are not text.</param>
    /// <exception cref="ArgumentException">The options are of an unknown kind.</exception>
    internal SearchPlan(SearchOptions options, SpecialIds special)
    {
        var rules = new Rules(options, special);
        switch (options)
        {
            case BeamSearchOptions beam:
                _make = () => new BeamSentence(beam, special, rules);
                break;
            case GreedySearchOptions greedy:
                _make = () => new GreedySentence(greedy, special, rules);
                break;
            case SamplingSearchOptions sampling:
                var sampler = new Sampler(sampling);
                _make = () => new SampledSentence(sampling, special, rules, sampler);
                break;
            default:
                throw new ArgumentException($"There is no search for options of the type {options.GetType().Name}.", nameof(options));
        }
    }

    /// <summary>A search that has no sentence.</summary>
    internal SentenceSearch Rent() => _idle.TryPop(out SentenceSearch? search) ? search : _make();

    /// <summary>Takes a search back whose sentence is done.</summary>
    internal void Return(SentenceSearch search) => _idle.Push(search);
}
