using Sequor.Batching;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Engine;

/// <summary>
/// Decodes many sentences with continuous batching: finished sentences leave at once and waiting ones enter, so that products stay large. Which sentences are
/// decoded beside each other changes no output.
/// </summary>
/// <param name="predictor">What is asked; it stays its owner's and holds no rows.</param>
/// <param name="rules">What may come next.</param>
/// <param name="begin">The sign that every output begins with.</param>
/// <param name="makeSearch">Makes the search for a sentence.</param>
internal sealed class DecodingLoop(Predictor predictor, Rules rules, int begin, Func<SentenceSearch> makeSearch)
{
    private readonly List<SentenceSearch> _live = [];
    private readonly Stack<SentenceSearch> _idle = [];
    private readonly RowMoves _moves = new();
    private readonly List<(SentenceSearch Search, int Row)> _rowOwners = [];
    private LogitEdit? _edit;
    private int[] _written = [];

    /// <summary>Called after every step for every sentence that was decoded in it, finished ones last time.</summary>
    internal Action<SentenceSearch>? Stepped { get; init; }

    /// <summary>Decodes sentences until none is left.</summary>
    /// <param name="waiting">Gives the next sentences that there is room for; none when there are no more.</param>
    /// <param name="room">How much is decoded at once.</param>
    /// <param name="finished">Receives each sentence's outputs.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    internal void Run(
        Func<BatchRoom, IReadOnlyList<SentenceRequest>> waiting, BatchRoom room, Action<SentenceRequest, IReadOnlyList<Hypothesis>> finished, CancellationToken cancellation)
    {
        _edit = rules.ChangesLogits ? Penalize : null;
        bool more = true;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();

            // Encoding a few at a time would make small products of large ones.
            BatchRoom left = Left(room);
            if (more && (left.IsEmpty || (left.Sentences >= EnteringShare(room.Sentences) && left.Pieces >= EnteringShare(room.Pieces))))
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

            Step(finished);
        }
    }

    private static int EnteringShare(int room) => Math.Max(1, room / 4);

    private BatchRoom Left(BatchRoom room)
    {
        foreach (SentenceSearch search in _live)
        {
            room = room.Without(search.Request);
        }

        return room;
    }

    private void Enter(IReadOnlyList<SentenceRequest> entering)
    {
        if (entering.Count == 0)
        {
            return;
        }

        int row = predictor.Rows;
        predictor.Add(
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
            SentenceSearch search = _idle.Count > 0 ? _idle.Pop() : makeSearch();
            search.Begin(request);
            _live.Add(search);
            for (int i = 0; i < search.Live.Length; i++)
            {
                _moves.Add(row, begin);
            }

            multiplies |= search.Live.Length != 1;
            row++;
        }

        if (multiplies)
        {
            predictor.Reorder(_moves.Parents);
        }
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
        predictor.Advance(_moves.LastIds, Needs());
        _moves.Clear();
        int row = 0;
        int kept = 0;
        for (int i = 0; i < _live.Count; i++)
        {
            SentenceSearch search = _live[i];
            int rows = search.Live.Length;
            search.Advance(predictor, row, _moves);
            row += rows;
            Stepped?.Invoke(search);
            if (search.Live.IsEmpty)
            {
                finished(search.Request, search.Finish());
                _idle.Push(search);
            }
            else
            {
                _live[kept++] = search;
            }
        }

        _live.RemoveRange(kept, _live.Count - kept);
        predictor.Reorder(_moves.Parents);
    }

    private PredictionNeeds Needs()
    {
        int best = 1;
        bool rows = false;
        _rowOwners.Clear();
        foreach (SentenceSearch search in _live)
        {
            best = Math.Max(best, search.Best);
            rows |= search.NeedsRows;
            for (int i = 0; _edit is not null && i < search.Live.Length; i++)
            {
                _rowOwners.Add((search, i));
            }
        }

        return new PredictionNeeds(best + rules.MostBans, rows, rules.NeedsAttention, _edit);
    }

    private void Penalize(int row, Span<float> logits)
    {
        (SentenceSearch search, int place) = _rowOwners[row];
        int history = search.Live[place];
        if (search.Histories.Length(history) > _written.Length)
        {
            Array.Resize(ref _written, 2 * search.Histories.Length(history));
        }

        rules.Penalize(logits, search.Histories.Ids(history, _written));
    }
}
