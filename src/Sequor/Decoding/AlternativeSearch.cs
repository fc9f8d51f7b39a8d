using Sequor.Batching;
using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>Finds the ways in which an output may go on behind a prefix: first the pieces that may follow it, then for each of them the best output.</summary>
internal sealed class AlternativeSearch
{
    private readonly Ensemble _ensemble;
    private readonly SentenceTexts _texts;
    private readonly SourceText _source;
    private readonly int[] _prefix;
    private readonly int _count;
    private readonly SearchOptions _search;
    private readonly SentenceRequests _requests;
    private List<(int Id, double Probability)> _next = [];

    /// <summary>Prepares the search.</summary>
    /// <param name="ensemble">What predicts.</param>
    /// <param name="texts">Cuts and joins texts.</param>
    /// <param name="source">The text.</param>
    /// <param name="prefix">What the output begins with; may be empty.</param>
    /// <param name="count">How many ways at most, 1 or more.</param>
    /// <param name="search">How whole outputs are looked for: greedy or beam search.</param>
    /// <exception cref="ArgumentException">The search's options contradict each other, or the prefix is longer than the models can write.</exception>
    internal AlternativeSearch(Ensemble ensemble, SentenceTexts texts, string source, string prefix, int count, SearchOptions search)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (search is MinimumBayesRiskOptions)
        {
            throw new ArgumentException("Alternatives go on from a prefix, each by a search of its own; minimum Bayes risk compares whole samples. Take greedy or beam search.", nameof(search));
        }

        (_ensemble, _texts, _count, _search) = (ensemble, texts, count, texts.Checked(search with { NBest = 1 }));
        _source = texts.Prepare(source);
        _prefix = texts.CutPrefix(prefix);
        _requests = texts.RequestsFor(_search, []);
        if (_prefix.Length >= ensemble.LongestSequence - 1)
        {
            throw new ArgumentException($"The prefix has {_prefix.Length} pieces; with one more the models can write {ensemble.LongestSequence - 1}. Shorten it.", nameof(prefix));
        }
    }

    /// <summary>Whether there is nothing to look for.</summary>
    internal bool IsEmpty => _source.Ids.Length == 0;

    /// <summary>Finds the most probable pieces behind the prefix.</summary>
    /// <param name="step">A session's step, not open.</param>
    /// <returns>For each of them the request for the best output.</returns>
    internal IReadOnlyList<SentenceRequest> LookAhead(Step step)
    {
        using Predictor predictor = EnsemblePredictors.For(_ensemble, _texts.Special.End, step);
        _next = Next(predictor);
        return [.. _next.Select((one, place) => _requests.Make(place, _texts.Ended(_source), 0, [.. _prefix, one.Id]))];
    }

    /// <summary>The ways, the most probable first; of those that go on with the same word, the first.</summary>
    /// <param name="found">The best output of each request.</param>
    internal IReadOnlyList<Alternative> Found(IReadOnlyList<Hypothesis> found) =>
        [.. found.Select((hypothesis, i) => new Alternative(
                Word(hypothesis.Ids), _texts.Target.Vocabulary[_next[i].Id], _next[i].Probability, new GeneratedHypothesis(_texts.TextOf(hypothesis, _source), hypothesis)))
            .DistinctBy(way => way.Word, StringComparer.Ordinal)];

    private List<(int Id, double Probability)> Next(Predictor predictor)
    {
        HashSet<int> never = [_texts.Special.Begin, _texts.Special.Pad, .. _search.BannedIds];
        predictor.Add(SequenceBatch.From([_texts.Ended(_source)]), [_prefix]);
        var needs = new PredictionNeeds((int)Math.Min((long)_count + never.Count, predictor.VocabularySize), RowNeeds.Best);
        predictor.Advance([_texts.Special.Begin], needs);
        foreach (int id in _prefix)
        {
            predictor.Advance([id], needs);
        }

        BestPieces best = predictor.Best(0);
        List<(int, double)> next = [];
        for (int i = 0; i < best.Ids.Length && next.Count < _count; i++)
        {
            Rules.CheckNumber(best.LogProbabilities[0], _prefix.Length);
            if (!never.Contains(best.Ids[i]) && !float.IsNegativeInfinity(best.LogProbabilities[i]))
            {
                next.Add((best.Ids[i], Math.Exp(best.LogProbabilities[i])));
            }
        }

        return next;
    }

    /// <summary>The word that stands right behind the prefix, or that the prefix has begun.</summary>
    private string Word(int[] ids)
    {
        string before = _texts.Target.Decode(_prefix);
        string whole = _texts.Target.Decode(ids);
        if (ids.Length <= _prefix.Length || whole.Length <= before.Length)
        {
            return "";
        }

        // A piece may be a space alone: only the text tells where its word begins.
        bool begins = before.Length == 0 || whole[before.Length] == ' ';
        int first = begins ? before.Length : before.LastIndexOf(' ') + 1;
        string rest = whole[first..].TrimStart(' ');
        int end = rest.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? rest : rest[..end];
    }
}
