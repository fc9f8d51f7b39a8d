using Sequor.Batching;
using Sequor.LanguageModels;
using Sequor.Models;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Predictors;

/// <summary>What a language model says about the next piece of every row.</summary>
internal abstract class LanguageRows : IDisposable
{
    /// <summary>The rows of a fused language model.</summary>
    internal static LanguageRows For(FusedLanguageModel model, Step step) =>
        model.Ngrams is { } ngrams ? new NgramRows(ngrams) : new NeuralRows(model.Model!, model.SourceEndId, step);

    /// <summary>Lets rows join behind those that are there, which have read nothing yet.</summary>
    internal abstract void Add(int rows);

    /// <summary>Reads one more piece in every row, the begin sign first.</summary>
    internal abstract void Advance(ReadOnlySpan<int> lastIds);

    /// <summary>The log-probabilities of a row, [V], until another row is asked for.</summary>
    internal abstract ReadOnlySpan<float> Row(int row);

    /// <summary>Makes row i continue what was row parents[i].</summary>
    internal abstract void Reorder(ReadOnlySpan<int> parents);

    public virtual void Dispose()
    {
    }

    /// <summary>An n-gram model.</summary>
    private sealed class NgramRows(ILanguageModel model) : LanguageRows
    {
        private readonly float[] _row = new float[model.VocabularySize];
        private NgramState[] _states = [];
        private NgramState[] _spare = [];
        private bool[] _hasBegun = [];
        private bool[] _spareBegun = [];
        private int _count;

        internal override void Add(int rows)
        {
            Reserve(_count + rows);
            _hasBegun.AsSpan(_count, rows).Clear();
            _count += rows;
        }

        internal override void Advance(ReadOnlySpan<int> lastIds)
        {
            for (int row = 0; row < lastIds.Length; row++)
            {
                // The start state has read the begin sign.
                _states[row] = _hasBegun[row] ? model.Advance(_states[row], lastIds[row]) : model.Start;
                _hasBegun[row] = true;
            }
        }

        internal override ReadOnlySpan<float> Row(int row)
        {
            model.ScoreAll(_states[row], _row);
            return _row;
        }

        internal override void Reorder(ReadOnlySpan<int> parents)
        {
            Reserve(parents.Length);
            for (int i = 0; i < parents.Length; i++)
            {
                (_spare[i], _spareBegun[i]) = (_states[parents[i]], _hasBegun[parents[i]]);
            }

            (_states, _spare) = (_spare, _states);
            (_hasBegun, _spareBegun) = (_spareBegun, _hasBegun);
            _count = parents.Length;
        }

        private void Reserve(int rows)
        {
            if (_states.Length < rows)
            {
                Array.Resize(ref _states, 2 * rows);
                Array.Resize(ref _hasBegun, 2 * rows);
                _spare = new NgramState[2 * rows];
                _spareBegun = new bool[2 * rows];
            }
        }
    }

    /// <summary>An encoder–decoder that reads nothing but an end sign.</summary>
    private sealed class NeuralRows(EncoderDecoder model, int sourceEndId, Step step) : LanguageRows
    {
        private readonly ModelPredictor _predictor = new(model, step);

        internal override void Add(int rows) => _predictor.Add(SequenceBatch.From([.. Enumerable.Repeat<int[]>([sourceEndId], rows)]), []);

        internal override void Advance(ReadOnlySpan<int> lastIds) => _predictor.Advance(lastIds, new PredictionNeeds(1, RowNeeds.Whole));

        internal override ReadOnlySpan<float> Row(int row) => _predictor.Row(row);

        internal override void Reorder(ReadOnlySpan<int> parents) => _predictor.Reorder(parents);

        public override void Dispose() => _predictor.Dispose();
    }
}
