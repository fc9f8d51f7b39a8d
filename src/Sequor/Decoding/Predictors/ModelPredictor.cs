using System.Buffers;
using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Predictors;

/// <summary>One model.</summary>
internal sealed class ModelPredictor(EncoderDecoder model, Step step) : Predictor
{
    private readonly DecoderState _state = model.Start();
    private readonly BestPiecesTable _best = new();
    private float[] _rows = [];
    private float[][]? _attention;

    internal override int VocabularySize => model.TargetVocabularySize;

    internal override int LongestSequence => model.LongestSequence;

    internal override int Rows => _state.Count;

    internal override void Add(SequenceBatch source)
    {
        using (step.Begin(StepOptions.Inference))
        {
            _state.Add(model.Encode(step, source));
        }
    }

    internal override void Advance(ReadOnlySpan<int> lastIds, in PredictionNeeds needs)
    {
        _attention = needs.Attention ? new float[lastIds.Length][] : null;
        using (step.Begin(StepOptions.Inference))
        {
            Tensor states = _state.Step(step, lastIds, _attention);
            Tensor logits = model.Project(states);
            states.Discard(unless: logits);
            int count = lastIds.Length * VocabularySize;
            if (_rows.Length < count)
            {
                // Megabytes, needed batch after batch: rented, so that they are not new garbage each time.
                ArrayPool<float>.Shared.Return(_rows);
                _rows = ArrayPool<float>.Shared.Rent(count);
            }

            if (needs.EditLogits is { } edit)
            {
                logits = Edited(logits, edit);
            }

            Tensor logProbabilities = logits.LogSoftmax();
            logits.Discard();
            logProbabilities.CopyTo(_rows);
        }

        _best.Reserve(lastIds.Length, Math.Min(needs.Best, VocabularySize));
    }

    internal override BestPieces Best(int row)
    {
        _best.Fill(row, Row(row));
        return _best[row];
    }

    internal override Span<float> Row(int row) => _rows.AsSpan(row * VocabularySize, VocabularySize);

    internal override float[]? Attention(int row) => _attention?[row];

    internal override void Reorder(ReadOnlySpan<int> parents) => _state.Reorder(parents);

    public override void Dispose()
    {
        _state.Dispose();
        ArrayPool<float>.Shared.Return(_rows);
        _rows = [];
    }

    private Tensor Edited(Tensor logits, LogitEdit edit)
    {
        logits.CopyTo(_rows);
        for (int row = 0; row < logits.Shape.Rows; row++)
        {
            edit(row, Row(row));
        }

        return step.From(_rows.AsSpan(0, checked((int)logits.Shape.Count)), logits.Shape);
    }
}
