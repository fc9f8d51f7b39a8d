using System.Numerics.Tensors;
using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Searching;

/// <summary>Keeps the best few hypotheses of a sentence and lets them grow piece by piece until enough of them have ended.</summary>
/// <param name="size">How many.</param>
/// <param name="options">Scores and limits.</param>
/// <param name="special">The signs that are not text.</param>
/// <param name="rules">What may come next.</param>
/// <param name="search">The sentence's search, whose histories grow.</param>
internal sealed class Beam(int size, BeamSearchOptions options, SpecialIds special, Rules rules, SentenceSearch search)
{
    private readonly Candidates _candidates = new(2 * size);
    private readonly BankedCandidates _banked = new();
    private readonly List<EndedHypothesis> _finished = [];
    private readonly bool[] _isDeadEnd = new bool[Math.Max(1, size)];
    private int[] _live = new int[Math.Max(1, size)];
    private int[] _next = new int[Math.Max(1, size)];
    private double[] _charged = new double[Math.Max(1, size)];
    private double[] _nextCharged = new double[Math.Max(1, size)];
    private int _count;

    /// <summary>The histories of the live hypotheses.</summary>
    internal ReadOnlySpan<int> Live => _live.AsSpan(0, _count);

    /// <summary>The hypotheses that have ended, best first: those that keep to what was asked for, then by score; of equals, those that ended earlier.</summary>
    internal IEnumerable<EndedHypothesis> Finished => _finished.OrderBy(ended => ended.Missing).ThenByDescending(ended => ended.Score);

    /// <summary>The same in the order in which they ended.</summary>
    internal List<EndedHypothesis> Ended => _finished;

    /// <summary>Begins anew with an empty hypothesis.</summary>
    internal void Restart()
    {
        _finished.Clear();
        (_live[0], _charged[0], _count) = (Histories.Empty, 0, 1);
    }

    /// <summary>
    /// One step: the best continuations of all rows, of which those that end step aside and the best others live on.
    /// An end sign counts only among as many candidates as the beam holds; the beam is done when as many hypotheses have ended.
    /// </summary>
    /// <param name="predictor">What may come next.</param>
    /// <param name="firstRow">The row of the first live hypothesis.</param>
    /// <param name="moves">Receives a row for each hypothesis that lives on.</param>
    /// <param name="charges">What pieces cost; receives those that are written.</param>
    internal void Advance(Predictor predictor, int firstRow, RowMoves moves, Charges charges)
    {
        ReadOnlySpan<Candidate> ways = search.Constraints.IsActive ? CollectBanked(predictor, firstRow, charges) : Collect(predictor, firstRow, charges);
        int count = 0;
        for (int rank = 0; rank < ways.Length && count < size && _finished.Count < size; rank++)
        {
            Candidate way = ways[rank];
            if (way.Id == special.End && rank >= size)
            {
                continue;
            }

            int history = search.Histories.Extend(_live[way.Row - firstRow], way.Id, way.LogProbability, predictor.Attention(way.Row));
            if (way.Id == special.End)
            {
                End(history, StopReason.EndOfSentence);
                continue;
            }

            search.Constraints.Extend(search.Histories, history);
            if (search.Histories.Length(history) == search.Request.Rules.Maximum)
            {
                End(history, StopReason.MaximumLength);
            }
            else
            {
                (_next[count], _nextCharged[count]) = (history, search.Histories.Total(history) - way.Total);
                count++;
                moves.Add(way.Row, way.Id);
            }
        }

        if (_finished.Count >= size)
        {
            moves.RemoveLast(count);
            count = 0;
        }

        (_live, _next, _charged, _nextCharged, _count) = (_next, _live, _nextCharged, _charged, count);
        Charge(charges);
    }

    private void Charge(Charges charges)
    {
        for (int i = 0; i < _count; i++)
        {
            charges.Add(search.Histories.LastId(_live[i]));
        }
    }

    private double Total(int place) => search.Histories.Total(_live[place]) - _charged[place];

    private ReadOnlySpan<Candidate> Collect(Predictor predictor, int firstRow, Charges charges)
    {
        _candidates.Clear();
        for (int i = 0; i < _count; i++)
        {
            if (rules.NeedRows(search.Histories.Length(_live[i]), search.Request.Rules))
            {
                Span<float> row = predictor.Row(firstRow + i);
                Ban(row, _live[i]);
                _candidates.Enter(firstRow + i, Total(i), row, charges);
            }
            else
            {
                Enter(firstRow + i, i, predictor.Best(firstRow + i), charges);
            }
        }

        return _candidates.All;
    }

    private bool Ban(Span<float> row, int history) => rules.Ban(
        row, search.Histories.Ids(history, rules.Buffer(search.Histories.Length(history))), search.Request.Rules, search.Constraints, history);

    private void Enter(int row, int place, BestPieces best, Charges charges)
    {
        int length = search.Histories.Length(_live[place]);
        double total = Total(place);
        Rules.CheckNumber(best.LogProbabilities[0], length);
        bool any = false;
        for (int i = 0; i < best.Ids.Length && _candidates.MayEnter(total + best.LogProbabilities[i]); i++)
        {
            if (!rules.IsBanned(best.Ids[i], length, search.Request.Rules) && !float.IsNegativeInfinity(best.LogProbabilities[i]))
            {
                any = true;
                _candidates.Insert(new Candidate(total + best.LogProbabilities[i] - charges.For(best.Ids[i]), row, best.Ids[i], best.LogProbabilities[i]));
            }
        }

        if (!any && rules.FirstAllowed(best, length, search.Request.Rules, out bool isEndAlone) is var end && isEndAlone)
        {
            _candidates.Insert(new Candidate(total + best.LogProbabilities[end], row, special.End, best.LogProbabilities[end]));
        }
    }

    private ReadOnlySpan<Candidate> CollectBanked(Predictor predictor, int firstRow, Charges charges)
    {
        _candidates.Clear();
        _banked.Clear();
        for (int i = 0; i < _count; i++)
        {
            Span<float> row = predictor.Row(firstRow + i);
            _isDeadEnd[i] = Ban(row, _live[i]) && !search.Constraints.MayEnd(_live[i]);
            if (!_isDeadEnd[i])
            {
                _candidates.Enter(firstRow + i, Total(i), row, charges);
            }
        }

        Bank(predictor, firstRow, charges, inTime: true);
        if (_banked.Count == 0)
        {
            Bank(predictor, firstRow, charges, inTime: false);
        }

        for (int i = 0; i < _count && _candidates.Count == 0; i++)
        {
            float end = predictor.Row(firstRow + i)[special.End];
            _banked.Add(new Candidate(Total(i) + end, firstRow + i, special.End, end), search.Constraints.Left(_live[i]));
        }

        return _banked.InOrder();
    }

    private void Bank(Predictor predictor, int firstRow, Charges charges, bool inTime)
    {
        foreach (Candidate way in _candidates.All)
        {
            Bank(way, way.Row - firstRow, inTime);
        }

        // The best of all rows together need not hold those that bring a phrase nearer, nor the best of each row.
        for (int i = 0; i < _count && search.Request.Rules.Constraints!.Phrases is not null; i++)
        {
            if (!_isDeadEnd[i])
            {
                Consider(predictor, firstRow + i, i, TensorPrimitives.IndexOfMax<float>(predictor.Row(firstRow + i)), charges, inTime);
                foreach (int id in search.Constraints.Forward(_live[i]))
                {
                    Consider(predictor, firstRow + i, i, id, charges, inTime);
                }
            }
        }
    }

    private void Consider(Predictor predictor, int row, int place, int id, Charges charges, bool inTime)
    {
        float logProbability = predictor.Row(row)[id];
        if (!float.IsNegativeInfinity(logProbability) && !_banked.Contains(row, id))
        {
            Bank(new Candidate(Total(place) + logProbability - charges.For(id), row, id, logProbability), place, inTime);
        }
    }

    private void Bank(in Candidate way, int place, bool inTime)
    {
        if (way.Id == special.End)
        {
            _banked.Add(way, 0);
            return;
        }

        int left = search.Constraints.LeftBehind(search.Histories, _live[place], way.Id);
        int room = search.Request.Rules.Maximum - search.Histories.Length(_live[place]);
        if (!inTime || left < room || search.Constraints.Left(_live[place]) > room)
        {
            _banked.Add(way, left);
        }
    }

    private void End(int history, StopReason reason)
    {
        int text = reason == StopReason.EndOfSentence ? search.Histories.Parent(history) : history;
        double score = options.Score(search.Histories.Total(history), search.Histories.Length(history));
        if (options.CoveragePenalty > 0)
        {
            score += options.CoveragePenalty * Coverage.LogSum(search.Histories, history);
        }

        _finished.Add(new EndedHypothesis(history, score, reason, search.Constraints.Missing(text)));
    }
}

/// <summary>A hypothesis that has ended.</summary>
/// <param name="History">What it has written.</param>
/// <param name="Score">What it is ranked by, greater is better.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="Missing">What keeps it from being what was asked for; 0 when nothing does.</param>
internal readonly record struct EndedHypothesis(int History, double Score, StopReason Reason, int Missing)
{
    /// <summary>Whether it is given before another.</summary>
    internal bool IsBetterThan(in EndedHypothesis other) => Missing != other.Missing ? Missing < other.Missing : Score > other.Score;
}
