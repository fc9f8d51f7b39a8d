using Sequor.Batching;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Engine;

/// <summary>
/// Decodes many sentences with continuous batching: finished sentences leave at once and waiting ones enter, so that products stay large. Each sentence brings the way
/// in which it is searched. Which sentences are decoded beside each other changes no output.
/// </summary>
internal sealed class DecodingLoop
{
    private readonly Predictor _predictor;
    private readonly int _begin;
    private readonly SearchPlans _plans;
    private readonly LogitEdit _penalize;
    private readonly List<SentenceSearch> _live = [];
    private readonly RowMoves _moves = new();
    private readonly List<(SentenceSearch Search, int Row)> _rowOwners = [];
    private IReadOnlyList<SentenceRequest> _entering = [];
    private RowNeeds[] _needs = [];
    private int[] _written = [];

    /// <summary>Makes the loop of a session.</summary>
    /// <param name="predictor">What is asked; it stays its owner's and holds no rows.</param>
    /// <param name="special">The signs that are not text.</param>
    internal DecodingLoop(Predictor predictor, SpecialIds special)
    {
        (_predictor, _begin, _plans, _penalize) = (predictor, special.Begin, new SearchPlans(special), Penalize);
    }

    /// <summary>Whether waiting sentences are asked for whenever there is room for one; else only where there is room for a good part of a batch, since encoding a few at
    /// a time makes small products of large ones. Default false.</summary>
    internal bool AsksAlways { get; init; }

    /// <summary>Called after every step with the number of sentences that took it; null for nobody.</summary>
    internal Action<int>? Stepped { get; init; }

    /// <summary>Decodes sentences until none is left.</summary>
    /// <param name="waiting">Gives the next sentences that there is room for; none when there are no more.</param>
    /// <param name="room">How much is decoded at once.</param>
    /// <param name="finished">Receives each sentence's outputs.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    internal void Run(
        Func<BatchRoom, IReadOnlyList<SentenceRequest>> waiting, BatchRoom room, Action<SentenceRequest, IReadOnlyList<Hypothesis>> finished, CancellationToken cancellation)
    {
        bool more = true;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            LetGo();
            BatchRoom left = Left(room);
            if (more && (left.IsEmpty || AsksAlways || (left.Sentences >= EnteringShare(room.Sentences) && left.Pieces >= EnteringShare(room.Pieces))))
            {
                IReadOnlyList<SentenceRequest> entering = waiting(left);

                // The next one may only be too long for the room that is left.
                more = entering.Count > 0 || !left.IsEmpty;
                Enter(entering);
            }

            if (_live.Count == 0)
            {
                return;
            }

            int sentences = _live.Count;
            Step(finished);
            Stepped?.Invoke(sentences);
        }
    }

    /// <summary>What was being decoded, or about to be, when <see cref="Run"/> threw. The loop and its predictor are of no use afterwards.</summary>
    internal IReadOnlyList<SentenceRequest> Unfinished() => [.. _live.Select(search => search.Request).Union(_entering)];

    private static int EnteringShare(int room) => Math.Max(1, room / 4);

    private BatchRoom Left(BatchRoom room)
    {
        foreach (SentenceSearch search in _live)
        {
            room = room.Without(search.Request);
        }

        return room;
    }

    /// <summary>Lets sentences leave that nobody waits for any more.</summary>
    private void LetGo()
    {
        if (!_live.Exists(static search => search.Request.Watcher is { HasGone: true }))
        {
            return;
        }

        _moves.Clear();
        int row = 0;
        int kept = 0;
        for (int i = 0; i < _live.Count; i++)
        {
            SentenceSearch search = _live[i];
            if (search.Request.Watcher is { HasGone: true })
            {
                row += search.Live.Length;
                _plans.Return(search);
                continue;
            }

            KeepRows(search, row);
            row += search.Live.Length;
            _live[kept++] = search;
        }

        _live.RemoveRange(kept, _live.Count - kept);
        _predictor.Reorder(_moves.Parents);
    }

    private void Enter(IReadOnlyList<SentenceRequest> entering)
    {
        if (entering.Count == 0)
        {
            return;
        }

        _entering = entering;
        int row = _predictor.Rows;
        _predictor.Add(
            SequenceBatch.From([.. entering.Select(request => request.Source)], [.. entering.Select(request => request.Number)]),
            [.. entering.Select(request => request.Rules.Constraints is null ? request.Rules.Prefix : null)]);
        bool multiplies = false;
        _moves.Clear();
        foreach (SentenceSearch search in _live)
        {
            KeepRows(search, _moves.Count);
        }

        foreach (SentenceRequest request in entering)
        {
            SentenceSearch search = _plans.Begin(request);
            _live.Add(search);
            for (int i = 0; i < search.Live.Length; i++)
            {
                _moves.Add(row, _begin);
            }

            multiplies |= search.Live.Length != 1;
            row++;
        }

        if (multiplies)
        {
            _predictor.Reorder(_moves.Parents);
        }

        _entering = [];
    }

    private void KeepRows(SentenceSearch search, int firstRow)
    {
        for (int i = 0; i < search.Live.Length; i++)
        {
            _moves.Add(firstRow + i, search.Histories.LastId(search.Live[i]));
        }
    }

    private void Step(Action<SentenceRequest, IReadOnlyList<Hypothesis>> finished)
    {
        _predictor.Advance(_moves.LastIds, Needs());
        _moves.Clear();
        int row = 0;
        int kept = 0;
        for (int i = 0; i < _live.Count; i++)
        {
            SentenceSearch search = _live[i];
            int rows = search.Live.Length;
            if (LivesOn(search, row, finished))
            {
                _live[kept++] = search;
            }

            row += rows;
        }

        _live.RemoveRange(kept, _live.Count - kept);
        _predictor.Reorder(_moves.Parents);
    }

    /// <summary>Takes one sentence's step; whether it is still being decoded afterwards.</summary>
    private bool LivesOn(SentenceSearch search, int row, Action<SentenceRequest, IReadOnlyList<Hypothesis>> finished)
    {
        int before = _moves.Count;
        try
        {
            search.Advance(_predictor, row, _moves);
            search.Request.Watcher?.Stepped(search);
            if (!search.Live.IsEmpty)
            {
                return true;
            }

            finished(search.Request, search.Finish());
            _plans.Return(search);
            return false;
        }
        catch (Exception fault)
        {
            if (search.Request.Watcher is not { } watcher || !watcher.Failed(fault))
            {
                throw;
            }

            _moves.RemoveLast(_moves.Count - before);
            return false;
        }
    }

    private PredictionNeeds Needs()
    {
        if (_needs.Length < _moves.Count)
        {
            _needs = new RowNeeds[2 * _moves.Count];
        }

        int best = 1;
        int row = 0;
        var all = RowNeeds.Best;
        _rowOwners.Clear();
        foreach (SentenceSearch search in _live)
        {
            best = Math.Max(best, search.Best + search.Rules.MostBans);
            RowNeeds needs = (search.NeedsRows ? RowNeeds.Whole : RowNeeds.Best)
                | (search.Rules.NeedsAttention ? RowNeeds.Attention : RowNeeds.Best) | (search.Rules.ChangesLogits ? RowNeeds.Edited : RowNeeds.Best);
            all |= needs;
            for (int i = 0; i < search.Live.Length; i++)
            {
                _needs[row++] = needs;
                _rowOwners.Add((search, i));
            }
        }

        return new PredictionNeeds(best, RowNeeds.Best, _needs.AsSpan(0, row), (all & RowNeeds.Edited) == 0 ? null : _penalize);
    }

    private void Penalize(int row, Span<float> logits)
    {
        (SentenceSearch search, int place) = _rowOwners[row];
        int history = search.Live[place];
        if (search.Histories.Length(history) > _written.Length)
        {
            Array.Resize(ref _written, 2 * search.Histories.Length(history));
        }

        search.Rules.Penalize(logits, search.Histories.Ids(history, _written));
    }
}
