using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Predictors;

/// <summary>One model whose sentences each choose among a part of the vocabulary. Logits are worked out for the parts of all sentences together; probabilities of a
/// sentence are over its own part, so that they do not depend on the others.</summary>
/// <param name="model">The model.</param>
/// <param name="shortlist">What makes the lists.</param>
/// <param name="endId">The end sign.</param>
/// <param name="step">The session's step.</param>
/// <param name="measures">Whether exactness is counted where that is asked for: of several models one does.</param>
internal sealed class ShortlistPredictor(EncoderDecoder model, OutputShortlist shortlist, int endId, Step step, bool measures = true) : Predictor
{
    private readonly DecoderState _state = model.Start();
    private readonly AllowedPieces _allowed = new(model, shortlist, endId);
    private readonly BestPiecesTable _best = new();
    private int[] _counts = [];
    private readonly RentedFloats _logits = new();
    private readonly RentedFloats _own = new();
    private readonly WholeRows _rows = new(model.TargetVocabularySize);
    private readonly RowAttention _attention = new();
    private int[] _bestOfAll = [];
    private float[] _bestOfAllLogs = [];
    private long _steps;

    internal override int VocabularySize => model.TargetVocabularySize;

    internal override int LongestSequence => model.LongestSequence;

    internal override int Rows => _state.Count;

    internal override void Add(SequenceBatch source, IReadOnlyList<int[]?> wanted)
    {
        for (int i = 0; i < source.Count; i++)
        {
            _allowed.Add(_state.SentencesJoined + i, source.Sentence(i), wanted[i]);
        }

        using (step.Begin(StepOptions.Inference))
        {
            _state.Add(model.Encode(step, source));
        }

        _allowed.Select(_state.Sentences);
    }

    internal override void Advance(ReadOnlySpan<int> lastIds, in PredictionNeeds needs)
    {
        _attention.Begin(lastIds.Length, needs);
        _rows.Begin(lastIds.Length, needs);
        _best.Reserve(lastIds.Length, Math.Min(needs.Best, VocabularySize));
        if (_counts.Length < lastIds.Length)
        {
            _counts = new int[2 * lastIds.Length];
        }

        using (step.Begin(StepOptions.Inference))
        {
            Tensor states = _state.Step(step, lastIds, _attention.Wanted);
            if (measures && shortlist.Exactness is not null && _steps++ % OutputShortlist.StepsBetweenChecks == 0)
            {
                Check(states);
            }

            Tensor logits = model.ProjectSelected(states, _allowed.Selection);
            _logits.Reserve((long)lastIds.Length * _allowed.Width);
            logits.CopyTo(_logits.All);
            logits.Discard();
            for (int first = 0; first < lastIds.Length;)
            {
                int count = RowsOfOneSentence(first);
                Predict(first, count, needs);
                first += count;
            }
        }
    }

    internal override BestPieces Best(int row)
    {
        BestPieces best = _best[row];
        return new BestPieces(best.Ids[.._counts[row]], best.LogProbabilities[.._counts[row]]);
    }

    internal override Span<float> Row(int row) => _rows[row];

    internal override float[]? Attention(int row) => _attention[row];

    internal override void Reorder(ReadOnlySpan<int> parents) => _state.Reorder(parents);

    public override void Dispose()
    {
        _state.Dispose();
        _allowed.Dispose();
        _rows.Dispose();
        Array.ForEach([_logits, _own], rented => rented.Dispose());
    }

    private int RowsOfOneSentence(int first)
    {
        int count = 1;
        while (first + count < _state.Count && _state.Sentences[first + count] == _state.Sentences[first])
        {
            count++;
        }

        return count;
    }

    /// <summary>Predicts for rows of one sentence, which all need the same.</summary>
    private void Predict(int first, int count, in PredictionNeeds needs)
    {
        AllowedPieces.Sentence sentence = _allowed[_state.Sentences[first]];
        int width = sentence.Ids.Length;
        _own.Reserve((long)count * width);
        for (int row = 0; row < count; row++)
        {
            Span<float> own = _own.All.Slice(row * width, width);
            Pick(_logits.All.Slice((first + row) * _allowed.Width, _allowed.Width), sentence.Columns, own);
            if (needs.Wants(first + row, RowNeeds.Edited))
            {
                Span<float> whole = Row(first + row);
                Spread(own, sentence.Ids, whole);
                needs.Edit!(first + row, whole);
                Pick(whole, sentence.Ids, own);
            }
        }

        Tensor logits = step.From(_own.All[..(count * width)], [count, width]);
        TakeBest(logits, first, sentence.Ids);
        if (needs.Wants(first, RowNeeds.Whole))
        {
            logits.LogSoftmax().CopyTo(_own.All);
            for (int row = 0; row < count; row++)
            {
                Spread(_own.All.Slice(row * width, width), sentence.Ids, Row(first + row));
            }
        }
    }

    private void TakeBest(Tensor logits, int first, int[] ids)
    {
        int rows = logits.Shape.Rows;
        int perRow = Math.Min(_best.PerRow, ids.Length);
        _counts.AsSpan(first, rows).Fill(perRow);

        // Where the list is shorter than what is asked for, rows lie apart in the table.
        int together = perRow == _best.PerRow ? rows : 1;
        for (int row = 0; row < rows; row += together)
        {
            int place = (first + row) * _best.PerRow;
            Span<int> best = _best.Ids.Slice(place, together * perRow);
            logits.RowRange(row, together).BestOf(perRow, best, _best.LogProbabilities.Slice(place, together * perRow));
            foreach (ref int id in best)
            {
                // A row that holds no numbers has no best column either.
                id = (uint)id < (uint)ids.Length ? ids[id] : 0;
            }
        }
    }

    /// <summary>Looks whether the best piece of the whole vocabulary is among those that are allowed.</summary>
    private void Check(Tensor states)
    {
        int rows = states.Shape.Rows;
        if (_bestOfAll.Length < rows)
        {
            (_bestOfAll, _bestOfAllLogs) = (new int[2 * rows], new float[2 * rows]);
        }

        Tensor logits = model.Project(states);
        logits.BestOf(1, _bestOfAll, _bestOfAllLogs);
        logits.Discard(unless: states);
        for (int row = 0; row < rows; row++)
        {
            shortlist.Exactness!.Add(_bestOfAll[row], _allowed[_state.Sentences[row]].Ids);
        }
    }

    private static void Pick(ReadOnlySpan<float> from, int[] places, Span<float> picked)
    {
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = from[places[i]];
        }
    }

    private static void Spread(ReadOnlySpan<float> values, int[] places, Span<float> whole)
    {
        whole.Fill(float.NegativeInfinity);
        for (int i = 0; i < values.Length; i++)
        {
            whole[places[i]] = values[i];
        }
    }
}
