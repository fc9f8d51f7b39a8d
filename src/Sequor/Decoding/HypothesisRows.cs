using System.Buffers;
using Sequor.Batching;
using Sequor.Models;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>The hypotheses of a batch as rows of the model: asks the model for the next pieces' log-probabilities, one step of memory at a time.</summary>
internal sealed class HypothesisRows : IDisposable
{
    private readonly EncoderDecoder _model;
    private readonly Step _step;
    private readonly Rules _rules;
    private readonly bool _recordAttention;
    private readonly DecoderState _state;
    private float[] _logProbabilities = [];

    internal HypothesisRows(EncoderDecoder model, Step step, SequenceBatch source, Rules rules, bool recordAttention)
    {
        (_model, _step, _rules, _recordAttention) = (model, step, rules, recordAttention);
        using (step.Begin(StepOptions.Inference))
        {
            _state = model.Start(model.Encode(step, source));
        }
    }

    /// <summary>The source sentence of each row.</summary>
    internal ReadOnlySpan<int> Sentences => _state.Sentences;

    /// <summary>How much each row looked at each source position in the last step; null when not recorded.</summary>
    internal float[][]? Attention { get; private set; }

    /// <summary>The log-probabilities of one row, [V]; free to be changed until the next step.</summary>
    internal Span<float> Row(int row) => _logProbabilities.AsSpan(row * _model.TargetVocabularySize, _model.TargetVocabularySize);

    /// <summary>Reads one more piece in every row.</summary>
    /// <param name="lastIds">The piece each row reads, [R].</param>
    /// <param name="written">What each row has written, [R].</param>
    internal void Advance(ReadOnlySpan<int> lastIds, IReadOnlyList<Trace?> written)
    {
        float[][]? attention = _recordAttention ? new float[lastIds.Length][] : null;
        using (_step.Begin(StepOptions.Inference))
        {
            Tensor logits = _model.Project(_state.Step(_step, lastIds, attention));
            int count = lastIds.Length * _model.TargetVocabularySize;
            if (_logProbabilities.Length < count)
            {
                // Megabytes, needed batch after batch: rented, so that they are not new garbage each time.
                ArrayPool<float>.Shared.Return(_logProbabilities);
                _logProbabilities = ArrayPool<float>.Shared.Rent(count);
            }

            if (_rules.ChangesLogits)
            {
                logits = Penalized(logits, written);
            }

            Tensor logProbabilities = logits.LogSoftmax();
            logits.Discard();
            logProbabilities.CopyTo(_logProbabilities);
        }

        // A model without attention leaves the rows empty.
        Attention = attention is [not null, ..] ? attention : null;
    }

    /// <summary>Makes row i continue what was row parents[i].</summary>
    internal void Reorder(ReadOnlySpan<int> parents) => _state.Reorder(parents);

    public void Dispose()
    {
        _state.Dispose();
        ArrayPool<float>.Shared.Return(_logProbabilities);
        _logProbabilities = [];
    }

    private Tensor Penalized(Tensor logits, IReadOnlyList<Trace?> written)
    {
        logits.CopyTo(_logProbabilities);
        for (int row = 0; row < written.Count; row++)
        {
            _rules.Penalize(Row(row), written[row]);
        }

        return _step.From(_logProbabilities.AsSpan(0, checked((int)logits.Shape.Count)), logits.Shape);
    }
}
