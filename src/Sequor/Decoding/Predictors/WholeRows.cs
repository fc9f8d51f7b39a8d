namespace Sequor.Decoding.Predictors;

/// <summary>Whole rows of a prediction, one behind the other, of those rows that were asked for.</summary>
/// <param name="width">Pieces of the vocabulary, V.</param>
internal sealed class WholeRows(int width) : IDisposable
{
    private const int None = -1;

    private readonly RentedFloats _values = new();
    private int[] _places = [];

    /// <summary>Gives every row that needs one its place, in the order of the rows.</summary>
    /// <param name="count">Rows of the prediction.</param>
    /// <param name="needs">What is asked of them.</param>
    internal void Begin(int count, in PredictionNeeds needs)
    {
        if (_places.Length < count)
        {
            _places = new int[2 * count];
        }

        int whole = 0;
        for (int row = 0; row < count; row++)
        {
            _places[row] = needs.Wants(row, RowNeeds.Whole) ? whole++ : None;
        }

        _values.Reserve((long)whole * width);
    }

    /// <summary>Whether a row was asked for.</summary>
    internal bool Has(int row) => _places[row] != None;

    /// <summary>How many of some rows were asked for.</summary>
    internal int CountOf(int first, int count)
    {
        int whole = 0;
        foreach (int place in _places.AsSpan(first, count))
        {
            whole += place == None ? 0 : 1;
        }

        return whole;
    }

    /// <summary>A row that was asked for, [V].</summary>
    internal Span<float> this[int row] => _values.All.Slice(_places[row] * width, width);

    /// <summary>The rows asked for among those from a row on, so many of them, which lie behind each other.</summary>
    internal Span<float> From(int first, int whole)
    {
        while (!Has(first))
        {
            first++;
        }

        return _values.All.Slice(_places[first] * width, whole * width);
    }

    public void Dispose() => _values.Dispose();
}
