using System.Numerics.Tensors;
using Sequor.Batching;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding.Predictors;

/// <summary>Models with language models beside them: log p + Σ weight · log p of each language model. What comes out sums to no 1.</summary>
/// <param name="models">What the models predict; disposed with this.</param>
/// <param name="fused">The language models.</param>
/// <param name="step">The session's step.</param>
internal sealed class FusedPredictor(Predictor models, IReadOnlyList<FusedLanguageModel> fused, Step step) : Predictor
{
    private readonly LanguageRows[] _languages = [.. fused.Select(one => LanguageRows.For(one, step))];
    private readonly BestPiecesTable _best = new();
    private readonly float[] _weighed = new float[models.VocabularySize];
    private bool[] _isFused = [];

    internal override int VocabularySize => models.VocabularySize;

    internal override int LongestSequence => models.LongestSequence;

    internal override int Rows => models.Rows;

    internal override void Add(SequenceBatch source, IReadOnlyList<int[]?> wanted)
    {
        models.Add(source, wanted);
        foreach (LanguageRows language in _languages)
        {
            language.Add(source.Count);
        }
    }

    internal override void Advance(ReadOnlySpan<int> lastIds, in PredictionNeeds needs)
    {
        models.Advance(lastIds, needs.WithWholeRows());
        foreach (LanguageRows language in _languages)
        {
            language.Advance(lastIds);
        }

        if (_isFused.Length < lastIds.Length)
        {
            _isFused = new bool[2 * lastIds.Length];
        }

        Array.Clear(_isFused);
        _best.Reserve(lastIds.Length, Math.Min(needs.Best, VocabularySize));
    }

    internal override BestPieces Best(int row)
    {
        _best.Fill(row, Row(row));
        return _best[row];
    }

    internal override Span<float> Row(int row)
    {
        Span<float> sums = models.Row(row);
        for (int i = 0; !_isFused[row] && i < _languages.Length; i++)
        {
            // Two operations, each rounded by itself: scoring one piece alone must give the same bits.
            TensorPrimitives.Multiply(_languages[i].Row(row), fused[i].Weight, _weighed);
            TensorPrimitives.Add(sums, _weighed, sums);
        }

        _isFused[row] = true;
        return sums;
    }

    internal override float[]? Attention(int row) => models.Attention(row);

    internal override void Reorder(ReadOnlySpan<int> parents)
    {
        models.Reorder(parents);
        foreach (LanguageRows language in _languages)
        {
            language.Reorder(parents);
        }
    }

    public override void Dispose()
    {
        models.Dispose();
        Array.ForEach(_languages, language => language.Dispose());
    }
}
