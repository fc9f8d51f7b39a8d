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
    private readonly RentedFloats _rows = new();
    private float[][]? _attention;
    private bool _hasRows;

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
        _attention = needs.Attention ? new float[lastIds.Length][] : null;
        _best.Reserve(lastIds.Length, Math.Min(needs.Best, VocabularySize));
        _hasRows = needs.AllRows || needs.EditLogits is not null;
        using (step.Begin(StepOptions.Inference))
        {
            Tensor states = _state.Step(step, lastIds, _attention);
            if (_hasRows)
            {
                TakeRows(states, needs.EditLogits);
            }
            else
            {
                TakeBest(states);
            }
        }
    }

    internal override BestPieces Best(int row)
    {
        if (_hasRows)
        {
            _best.Fill(row, Row(row));
        }

        return _best[row];
    }

    internal override Span<float> Row(int row) => _rows.All.Slice(row * VocabularySize, VocabularySize);

    internal override float[]? Attention(int row) => _attention?[row];

    internal override void Reorder(ReadOnlySpan<int> parents) => _state.Reorder(parents);

    public override void Dispose()
    {
        _state.Dispose();
        _rows.Dispose();
    }

    /// <summary>Logits of a few rows at a time: those of all rows are never kept.</summary>
    private void TakeBest(Tensor states)
    {
        int rows = states.Shape.Rows;
        for (int first = 0; first < rows; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, rows - first);
            Tensor logits = model.Project(count == rows ? states : states.RowRange(first, count));
            logits.BestOf(_best.PerRow, _best.Ids[(first * _best.PerRow)..], _best.LogProbabilities[(first * _best.PerRow)..]);
            logits.Discard();
        }
    }

    private void TakeRows(Tensor states, LogitEdit? edit)
    {
        Tensor logits = model.Project(states);
        int count = checked((int)logits.Shape.Count);
        _rows.Reserve(count);
        if (edit is not null)
        {
            logits.CopyTo(_rows.All);
            for (int row = 0; row < logits.Shape.Rows; row++)
            {
                edit(row, Row(row));
            }

            logits = step.From(_rows.All[..count], logits.Shape);
        }

        Tensor logProbabilities = logits.LogSoftmax();
        logits.Discard();
        logProbabilities.CopyTo(_rows.All);
    }
}
