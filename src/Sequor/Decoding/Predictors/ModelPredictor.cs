using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Predictors;

/// <summary>One model.</summary>
internal sealed class ModelPredictor(EncoderDecoder model, Step step) : Predictor
{
    // Rows whose logits still lie in the caches when their best are looked for, and enough of them for a product at full speed.
    private const int RowsAtOnce = 64;

    private readonly DecoderState _state = model.Start();
    private readonly BestPiecesTable _best = new();
    private readonly WholeRows _rows = new(model.TargetVocabularySize);
    private readonly RowAttention _attention = new();

    internal override int VocabularySize => model.TargetVocabularySize;

    internal override int LongestSequence => model.LongestSequence;

    internal override int Rows => _state.Count;

    internal override void Add(SequenceBatch source, IReadOnlyList<int[]?> wanted)
    {
        using (step.Begin(StepOptions.Inference))
        {
            _state.Add(model.Encode(step, source));
        }
    }

    internal override void Advance(ReadOnlySpan<int> lastIds, in PredictionNeeds needs)
    {
        _attention.Begin(lastIds.Length, needs);
        _best.Reserve(lastIds.Length, Math.Min(needs.Best, VocabularySize));
        _rows.Begin(lastIds.Length, needs);
        using (step.Begin(StepOptions.Inference))
        {
            Predict(_state.Step(step, lastIds, _attention.Wanted), needs);
        }
    }

    internal override BestPieces Best(int row)
    {
        if (_rows.Has(row))
        {
            _best.Fill(row, Row(row));
        }

        return _best[row];
    }

    internal override Span<float> Row(int row) => _rows[row];

    internal override float[]? Attention(int row) => _attention[row];

    internal override void Reorder(ReadOnlySpan<int> parents) => _state.Reorder(parents);

    public override void Dispose()
    {
        _state.Dispose();
        _rows.Dispose();
    }

    /// <summary>Logits of a few rows at a time: those of all rows are never kept.</summary>
    private void Predict(Tensor states, in PredictionNeeds needs)
    {
        int rows = states.Shape.Rows;
        for (int first = 0; first < rows; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - first);
            int whole = _rows.CountOf(first, count);
            Tensor logits = model.Project(count == rows ? states : states.RowRange(first, count));
            if (whole < count)
            {
                logits.BestOf(_best.PerRow, _best.Ids[(first * _best.PerRow)..], _best.LogProbabilities[(first * _best.PerRow)..]);
            }

            if (whole > 0)
            {
                TakeRows(logits, first, whole, needs);
            }
            else
            {
                logits.Discard();
            }
        }
    }

    /// <summary>Keeps the rows that were asked for, as log-probabilities.</summary>
    private void TakeRows(Tensor logits, int first, int whole, in PredictionNeeds needs)
    {
        Span<float> kept = _rows.From(first, whole);
        Tensor wanted = logits;
        if (whole < logits.Shape.Rows || needs.Edit is not null)
        {
            for (int row = 0; row < logits.Shape.Rows; row++)
            {
                if (_rows.Has(first + row))
                {
                    logits.CopyTo((long)row * VocabularySize, Row(first + row));
                    Edit(first + row, needs);
                }
            }

            wanted = step.From(kept, [whole, VocabularySize]);
            logits.Discard();
        }

        Tensor logProbabilities = wanted.LogSoftmax();
        wanted.Discard();
        logProbabilities.CopyTo(kept);
        logProbabilities.Discard();
    }

    private void Edit(int row, in PredictionNeeds needs)
    {
        if (needs.Wants(row, RowNeeds.Edited))
        {
            needs.Edit!(row, Row(row));
        }
    }
}
