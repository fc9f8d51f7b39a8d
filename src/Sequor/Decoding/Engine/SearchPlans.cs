namespace Sequor.Decoding.Engine;

/// <summary>The ways to search that a session's sentences ask for: sentences that are decoded beside each other may each bring their own.</summary>
/// <param name="special">The signs that are not text.</param>
internal sealed class SearchPlans(SpecialIds special)
{
    // Callers may draw seeds or limits of their own for every sentence.
    private const int MostKept = 32;

    private readonly Dictionary<SearchOptions, SearchPlan> _plans = [];

    /// <summary>A search that begins with a sentence.</summary>
    internal SentenceSearch Begin(SentenceRequest request)
    {
        if (!_plans.TryGetValue(request.Search, out SearchPlan? plan))
        {
            if (_plans.Count == MostKept)
            {
                _plans.Clear();
            }

            _plans.Add(request.Search, plan = new SearchPlan(request.Search, special));
        }

        SentenceSearch search = plan.Rent();
        search.Begin(request);
        return search;
    }

    /// <summary>Takes a search back whose sentence is done.</summary>
    internal void Return(SentenceSearch search)
    {
        if (_plans.TryGetValue(search.Request.Search, out SearchPlan? plan))
        {
            plan.Return(search);
        }
    }
}
