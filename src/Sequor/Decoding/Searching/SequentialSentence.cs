using Sequor.Decoding.Engine;
using Sequor.Decoding.Predictors;

namespace Sequor.Decoding.Searching;

/// <summary>Writes each output of a sentence on its own, one chosen piece after the other.</summary>
internal abstract class SequentialSentence(SearchOptions options, SpecialIds special, Rules rules) : SentenceSearch(rules)
{
    private readonly List<(int History, StopReason Reason)> _finished = [];
    private readonly int[] _live = new int[options.NBest];
    private readonly int[] _samples = new int[options.NBest];
    private int _count;

    internal override ReadOnlySpan<int> Live => _live.AsSpan(0, _count);

    protected override int? BestFinished
    {
        get
        {
            if (_finished.Count == 0)
            {
                return null;
            }

            (int history, StopReason reason) = _finished.MaxBy(ended => Histories.Total(ended.History));
            return reason == StopReason.EndOfSentence ? Histories.Parent(history) : history;
        }
    }

    /// <summary>The end sign.</summary>
    protected int EndId => special.End;

    internal override void Advance(Predictor predictor, int firstRow, RowMoves moves)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            (int id, float logProbability) = Choose(predictor, firstRow + i, _live[i], _samples[i]);
            int history = Histories.Extend(_live[i], id, logProbability, predictor.Attention(firstRow + i));
            if (id == special.End || Histories.Length(history) == Request.Rules.Maximum)
            {
                _finished.Add((history, id == special.End ? StopReason.EndOfSentence : StopReason.MaximumLength));
                continue;
            }

            Constraints.Extend(Histories, history);
            moves.Add(firstRow + i, id);
            (_live[kept], _samples[kept]) = (history, _samples[i]);
            kept++;
        }

        _count = kept;
    }

    internal override IReadOnlyList<Hypothesis> Finish() =>
        [.. _finished.Select(ended => Constraints.Reported(Histories.Finish(ended.History, Histories.Total(ended.History), ended.Reason)))
            .OrderByDescending(output => output.Score)];

    /// <summary>Chooses the next piece of one output.</summary>
    /// <param name="predictor">What may come next.</param>
    /// <param name="row">The output's row.</param>
    /// <param name="history">What it has written.</param>
    /// <param name="sample">Which of the sentence's outputs, from 0.</param>
    /// <returns>The piece, and log p of it.</returns>
    protected abstract (int Id, float LogProbability) Choose(Predictor predictor, int row, int history, int sample);

    protected override void Restart()
    {
        _finished.Clear();
        _count = _live.Length;
        for (int i = 0; i < _count; i++)
        {
            (_live[i], _samples[i]) = (Histories.Empty, i);
        }
    }

    /// <summary>The row without what may not come next.</summary>
    protected Span<float> Allowed(Predictor predictor, int row, int history)
    {
        Span<float> allowed = predictor.Row(row);
        Rules.Ban(allowed, Histories.Ids(history, Rules.Buffer(Histories.Length(history))), Request.Rules, Constraints, history);
        return allowed;
    }
}
