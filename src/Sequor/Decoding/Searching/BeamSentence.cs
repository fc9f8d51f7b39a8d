using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Searching;

/// <summary>Keeps the best few hypotheses of a sentence and lets them grow piece by piece until enough of them have ended.</summary>
internal sealed class BeamSentence(BeamSearchOptions options, SpecialIds special, Rules rules) : SentenceSearch
{
    private readonly Candidates _candidates = new(2 * options.BeamSize);
    private readonly List<(int History, double Score, StopReason Reason)> _finished = [];
    private int[] _live = new int[Math.Max(1, options.BeamSize)];
    private int[] _next = new int[Math.Max(1, options.BeamSize)];
    private int _count;

    internal override ReadOnlySpan<int> Live => _live.AsSpan(0, _count);

    // Of the best of all rows no row can give more than all.
    internal override int Best => 2 * options.BeamSize;

    internal override bool NeedsRows => rules.NeedRows(Histories.Length(_live[0]), Request.Rules);

    /// <summary>
    /// One step: the best continuations of all rows, of which those that end step aside and the best others live on.
    /// An end sign counts only among the best <see cref="BeamSearchOptions.BeamSize"/>; the sentence is done when as many hypotheses have ended.
    /// </summary>
    internal override void Advance(Predictor predictor, int firstRow, RowMoves moves)
    {
        Collect(predictor, firstRow);
        int count = 0;
        for (int rank = 0; rank < _candidates.Count && count < options.BeamSize && _finished.Count < options.BeamSize; rank++)
        {
            Candidate candidate = _candidates[rank];
            bool ends = candidate.Id == special.End;
            if (ends && rank >= options.BeamSize)
            {
                continue;
            }

            int history = Histories.Extend(_live[candidate.Row - firstRow], candidate.Id, candidate.LogProbability, predictor.Attention(candidate.Row));
            if (ends)
            {
                End(history, StopReason.EndOfSentence);
            }
            else if (Histories.Length(history) == Request.Rules.Maximum)
            {
                End(history, StopReason.MaximumLength);
            }
            else
            {
                _next[count++] = history;
                moves.Add(candidate.Row, candidate.Id);
            }
        }

        if (_finished.Count >= options.BeamSize)
        {
            moves.RemoveLast(count);
            count = 0;
        }

        (_live, _next, _count) = (_next, _live, count);
    }

    /// <summary>The best hypotheses that have ended, best first; those that ended earlier win ties.</summary>
    internal override IReadOnlyList<Hypothesis> Finish() =>
        [.. _finished.OrderByDescending(ended => ended.Score).Take(options.NBest).Select(ended => Histories.Finish(ended.History, ended.Score, ended.Reason))];

    protected override int? BestFinished => _finished.Count == 0 ? null : WithoutEnd(_finished.MaxBy(ended => ended.Score));

    protected override void Restart()
    {
        _finished.Clear();
        (_live[0], _count) = (Histories.Empty, 1);
    }

    private int WithoutEnd((int History, double Score, StopReason Reason) ended) =>
        ended.Reason == StopReason.EndOfSentence ? Histories.Parent(ended.History) : ended.History;

    private void Collect(Predictor predictor, int firstRow)
    {
        _candidates.Clear();
        for (int i = 0; i < _count; i++)
        {
            if (NeedsRows)
            {
                Span<float> row = predictor.Row(firstRow + i);
                rules.Ban(row, Histories.Ids(_live[i], rules.Buffer(Histories.Length(_live[i]))), Request.Rules);
                _candidates.Enter(firstRow + i, Histories.Total(_live[i]), row);
            }
            else
            {
                Enter(firstRow + i, _live[i], predictor.Best(firstRow + i));
            }
        }
    }

    private void Enter(int row, int history, BestPieces best)
    {
        int length = Histories.Length(history);
        double total = Histories.Total(history);
        Rules.CheckNumber(best.LogProbabilities[0], length);
        bool any = false;
        for (int i = 0; i < best.Ids.Length && _candidates.MayEnter(total + best.LogProbabilities[i]); i++)
        {
            if (!rules.IsBanned(best.Ids[i], length, Request.Rules) && !float.IsNegativeInfinity(best.LogProbabilities[i]))
            {
                any = true;
                _candidates.Insert(new Candidate(total + best.LogProbabilities[i], row, best.Ids[i], best.LogProbabilities[i]));
            }
        }

        // Only where the best pieces are all there are can all of them be banned: then the end may come.
        if (!any && best.Ids.IndexOf(special.End) is >= 0 and var end && AllAreBanned(best, length))
        {
            _candidates.Insert(new Candidate(total + best.LogProbabilities[end], row, special.End, best.LogProbabilities[end]));
        }
    }

    private bool AllAreBanned(BestPieces best, int length)
    {
        for (int i = 0; i < best.Ids.Length; i++)
        {
            if (!rules.IsBanned(best.Ids[i], length, Request.Rules) && !float.IsNegativeInfinity(best.LogProbabilities[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void End(int history, StopReason reason)
    {
        double score = options.Score(Histories.Total(history), Histories.Length(history));
        if (options.CoveragePenalty > 0)
        {
            score += options.CoveragePenalty * Coverage.LogSum(Histories, history);
        }

        _finished.Add((history, score, reason));
    }
}
