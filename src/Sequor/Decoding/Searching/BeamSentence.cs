using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Searching;

/// <summary>Searches with a beam, or with a beam in groups that are kept apart (Vijayakumar et al. 2016).</summary>
internal sealed class BeamSentence : SentenceSearch
{
    private readonly BeamSearchOptions _options;
    private readonly Beam[] _groups;
    private readonly Charges _charges;
    private readonly int[] _live;
    private int _count;

    internal BeamSentence(BeamSearchOptions options, SpecialIds special, Rules rules)
        : base(rules)
    {
        (_options, _charges) = (options, new Charges(options.Diversity));
        _groups = [.. Enumerable.Range(0, options.Groups).Select(_ => new Beam(options.BeamSize / options.Groups, options, special, rules, this))];
        _live = new int[options.BeamSize];
    }

    internal override ReadOnlySpan<int> Live => _live.AsSpan(0, _count);

    // Of the best of all rows no row can give more than all; pieces of the groups before may be charged away.
    internal override int Best => (2 * (_options.BeamSize / _options.Groups)) + _options.BeamSize - (_options.BeamSize / _options.Groups);

    protected override int? BestFinished
    {
        get
        {
            EndedHypothesis? best = null;
            foreach (Beam group in _groups)
            {
                foreach (EndedHypothesis ended in group.Ended)
                {
                    best = best is { } other && !ended.IsBetterThan(other) ? best : ended;
                }
            }

            return best is not { } found ? null : found.Reason == StopReason.EndOfSentence ? Histories.Parent(found.History) : found.History;
        }
    }

    internal override bool NeedsRows => Rules.NeedRows(Histories.Length(_live[0]), Request.Rules);

    internal override void Advance(Predictor predictor, int firstRow, RowMoves moves)
    {
        _charges.Clear();
        int row = firstRow;
        foreach (Beam group in _groups)
        {
            int rows = group.Live.Length;
            group.Advance(predictor, row, moves, _charges);
            row += rows;
        }

        Gather();
    }

    /// <summary>The best hypotheses that have ended, best first. Of several groups each gives its best, then each its second, until there are enough; what another
    /// group has given waits behind what is new.</summary>
    internal override IReadOnlyList<Hypothesis> Finish()
    {
        if (_groups.Length == 1)
        {
            return [.. _groups[0].Finished.Take(_options.NBest).Select(Output)];
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        return [.. _groups.SelectMany(group => group.Finished.Select((ended, rank) => (Ended: ended, Rank: rank)))
            .OrderBy(one => one.Rank).ThenBy(one => one.Ended.Missing).ThenByDescending(one => one.Ended.Score)
            .Select(one => (one.Ended, Output: Output(one.Ended)))
            .OrderBy(one => known.Add(string.Join(' ', one.Output.Ids)) ? 0 : 1)
            .Take(_options.NBest)
            .OrderBy(one => one.Ended.Missing).ThenByDescending(one => one.Ended.Score)
            .Select(one => one.Output)];
    }

    protected override void Restart()
    {
        Array.ForEach(_groups, group => group.Restart());
        Gather();
    }

    private Hypothesis Output(EndedHypothesis ended) => Constraints.Reported(Histories.Finish(ended.History, ended.Score, ended.Reason));

    private void Gather()
    {
        _count = 0;
        foreach (Beam group in _groups)
        {
            group.Live.CopyTo(_live.AsSpan(_count));
            _count += group.Live.Length;
        }
    }
}
