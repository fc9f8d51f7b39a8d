namespace Sequor.Decoding;

/// <summary>The hypotheses of one sentence: those still being written, and those that have ended.</summary>
internal sealed class Beam(BeamSearchOptions options, SpecialIds special, SentenceRules rules)
{
    private readonly List<Hypothesis> _finished = [];
    private readonly Candidates _candidates = new(2 * options.BeamSize);

    /// <summary>What each live hypothesis has written; null at the beginning.</summary>
    internal List<Trace?> Live { get; private set; } = [null];

    /// <summary>For each live hypothesis, the row that it continues.</summary>
    internal List<int> Parents { get; private set; } = [];

    internal SentenceRules Rules => rules;

    /// <summary>
    /// One step: the best continuations of all rows, of which those that end step aside and the best others live on.
    /// An end sign counts only among the best <see cref="BeamSearchOptions.BeamSize"/>; the sentence is done when as many hypotheses have ended.
    /// </summary>
    /// <param name="rows">The model's predictions.</param>
    /// <param name="firstRow">The row of the first live hypothesis.</param>
    /// <param name="allRules">What may not come next.</param>
    internal void Advance(HypothesisRows rows, int firstRow, Rules allRules)
    {
        Collect(rows, firstRow, allRules);
        var live = new List<Trace?>(options.BeamSize);
        var parents = new List<int>(options.BeamSize);
        for (int rank = 0; rank < _candidates.Count && live.Count < options.BeamSize && _finished.Count < options.BeamSize; rank++)
        {
            Candidate candidate = _candidates[rank];
            bool ends = candidate.Id == special.End;
            if (ends && rank >= options.BeamSize)
            {
                continue;
            }

            Trace trace = Extend(rows, firstRow, candidate);
            if (ends)
            {
                Finish(trace, StopReason.EndOfSentence);
            }
            else if (trace.Length == rules.Maximum)
            {
                Finish(trace, StopReason.MaximumLength);
            }
            else
            {
                live.Add(trace);
                parents.Add(candidate.Row);
            }
        }

        bool done = _finished.Count >= options.BeamSize;
        Live = done ? [] : live;
        Parents = done ? [] : parents;
    }

    /// <summary>The best hypotheses that have ended, best first; those that ended earlier win ties.</summary>
    internal IReadOnlyList<Hypothesis> Ranked() =>
        [.. _finished.OrderByDescending(hypothesis => hypothesis.Score).Take(options.NBest)];

    private void Collect(HypothesisRows rows, int firstRow, Rules allRules)
    {
        _candidates.Clear();
        for (int i = 0; i < Live.Count; i++)
        {
            Span<float> logProbabilities = rows.Row(firstRow + i);
            allRules.Ban(logProbabilities, Live[i], rules);
            _candidates.Enter(firstRow + i, Live[i]?.Total ?? 0, logProbabilities);
        }
    }

    private Trace Extend(HypothesisRows rows, int firstRow, Candidate candidate) => new(
        Live[candidate.Row - firstRow], candidate.Id, rows.Row(candidate.Row)[candidate.Id], rows.Attention?[candidate.Row]);

    private void Finish(Trace trace, StopReason reason)
    {
        double score = options.Score(trace.Total, trace.Length);
        if (options.CoveragePenalty > 0)
        {
            score += options.CoveragePenalty * Coverage.LogSum(trace);
        }

        _finished.Add(Trace.Finish(trace, score, reason));
    }
}
