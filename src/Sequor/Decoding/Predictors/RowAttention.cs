namespace Sequor.Decoding.Predictors;

/// <summary>How much the rows that asked for it looked at each source position in the last step.</summary>
internal sealed class RowAttention
{
    private float[][]? _rows;

    /// <summary>Where a decoder puts it: a place for each row, filled already where nothing is wanted; empty where no row wants anything.</summary>
    internal Span<float[]> Wanted => _rows;

    /// <summary>What a row looked at; null where it did not ask or the model has no attention.</summary>
    internal float[]? this[int row] => _rows?[row] is { Length: > 0 } looked ? looked : null;

    /// <summary>Begins a step.</summary>
    internal void Begin(int count, in PredictionNeeds needs)
    {
        _rows = needs.AnyWants(RowNeeds.Attention) ? new float[count][] : null;
        for (int row = 0; _rows is not null && row < count; row++)
        {
            _rows[row] = needs.Wants(row, RowNeeds.Attention) ? null! : [];
        }
    }
}
