using Sequor.Batching;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Sequor.Decoding.Predictors;

/// <summary>Several models that predict together.</summary>
/// <param name="members">What each of them predicts; disposed with this.</param>
/// <param name="mixture">How that becomes one prediction.</param>
/// <param name="step">The session's step.</param>
internal sealed class EnsemblePredictor(Predictor[] members, Mixture mixture, Step step) : Predictor
{
    // Rows of all models that fit the caches together, and enough of them for two threads.
    private const int RowsAtOnce = 16;

    private readonly BestPiecesTable _best = new();
    private readonly Tensor[] _parts = new Tensor[members.Length];
    private readonly float[] _columns = new float[members.Length];
    private readonly RentedFloats _rows = new();
    private bool[] _holdsLogarithms = [];
    private float[]?[] _attention = [];

    internal override int VocabularySize => members[0].VocabularySize;

    internal override int LongestSequence => members.Min(member => member.LongestSequence);

    internal override int Rows => members[0].Rows;

    internal override void Add(SequenceBatch source, IReadOnlyList<int[]?> wanted)
    {
        foreach (Predictor member in members)
        {
            member.Add(source, wanted);
        }
    }

    internal override void Advance(ReadOnlySpan<int> lastIds, in PredictionNeeds needs)
    {
        foreach (Predictor member in members)
        {
            member.Advance(lastIds, needs.WithWholeRows());
        }

        Reserve(lastIds.Length);
        for (int first = 0; first < lastIds.Length; first += RowsAtOnce)
        {
            Mix(first, Math.Min(RowsAtOnce, lastIds.Length - first));
        }

        _best.Reserve(lastIds.Length, Math.Min(needs.Best, VocabularySize));
        MeanAttention(lastIds.Length, needs);
    }

    internal override BestPieces Best(int row)
    {
        _best.Fill(row, Mixed(row));
        if (!_holdsLogarithms[row])
        {
            // A logarithm never falls where its number rises, so the best stay the best.
            Span<float> best = _best.LogProbabilities.Slice(row * _best.PerRow, _best.PerRow);
            Span<int> ids = _best.Ids.Slice(row * _best.PerRow, _best.PerRow);
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = Log(row, ids[i], best[i]);
            }
        }

        return _best[row];
    }

    internal override Span<float> Row(int row)
    {
        Span<float> mixed = Mixed(row);
        if (!_holdsLogarithms[row])
        {
            for (int id = 0; id < mixed.Length; id++)
            {
                mixed[id] = Log(row, id, mixed[id]);
            }

            _holdsLogarithms[row] = true;
        }

        return mixed;
    }

    internal override float[]? Attention(int row) => row < _attention.Length ? _attention[row] : null;

    internal override void Reorder(ReadOnlySpan<int> parents)
    {
        foreach (Predictor member in members)
        {
            member.Reorder(parents);
        }
    }

    public override void Dispose()
    {
        Array.ForEach(members, member => member.Dispose());
        _rows.Dispose();
    }

    private Span<float> Mixed(int row) => _rows.All.Slice(row * VocabularySize, VocabularySize);

    private float Log(int row, int id, float probability)
    {
        for (int i = 0; i < members.Length; i++)
        {
            _columns[i] = members[i].Row(row)[id];
        }

        return mixture.Log(probability, _columns);
    }

    private void Reserve(int rows)
    {
        _rows.Reserve((long)rows * VocabularySize);
        if (_holdsLogarithms.Length < rows)
        {
            _holdsLogarithms = new bool[2 * rows];
        }

        Array.Fill(_holdsLogarithms, !mixture.GivesProbabilities);
    }

    private void Mix(int first, int count)
    {
        using (step.Begin(StepOptions.Inference))
        {
            for (int i = 0; i < members.Length; i++)
            {
                _parts[i] = step.Filled(0, [count, VocabularySize]);
                for (int row = 0; row < count; row++)
                {
                    _parts[i].CopyFrom((long)row * VocabularySize, members[i].Row(first + row));
                }
            }

            mixture.Mix(_parts).CopyTo(_rows.All.Slice(first * VocabularySize, count * VocabularySize));
        }
    }

    /// <summary>The mean of the attention of those models that have some.</summary>
    private void MeanAttention(int rows, in PredictionNeeds needs)
    {
        Array.Clear(_attention);
        if (!needs.AnyWants(RowNeeds.Attention))
        {
            return;
        }

        if (_attention.Length < rows)
        {
            _attention = new float[2 * rows][];
        }

        for (int row = 0; row < rows; row++)
        {
            _attention[row] = MeanAttention(row);
        }
    }

    private float[]? MeanAttention(int row)
    {
        float[]? sum = null;
        int looked = 0;
        foreach (Predictor member in members)
        {
            if (member.Attention(row) is { } shares)
            {
                looked++;
                sum ??= new float[shares.Length];
                TensorPrimitives.Add(sum, shares, sum);
            }
        }

        if (sum is not null)
        {
            TensorPrimitives.Divide(sum, looked, sum);
        }

        return sum;
    }
}
