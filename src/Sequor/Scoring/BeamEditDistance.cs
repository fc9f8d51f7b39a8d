namespace Sequor.Scoring;

/// <summary>One step of turning a hypothesis into its reference.</summary>
internal enum EditOperation : byte
{
    /// <summary>Not reached by the beam.</summary>
    Undefined,

    /// <summary>The words are equal.</summary>
    Keep,

    /// <summary>A reference word replaces a hypothesis word.</summary>
    Substitute,

    /// <summary>A hypothesis word is dropped.</summary>
    Delete,

    /// <summary>A reference word is put in.</summary>
    Insert,
}

/// <summary>
/// The word edit distance from hypotheses to one reference within a beam around the diagonal of the matrix, as sacreBLEU's TER computes it. The rows of one
/// hypothesis are kept, so that a shifted copy of it is computed from its first changed word only.
/// </summary>
internal sealed class BeamEditDistance(int[] reference)
{
    private const int _beamWidth = 25;
    private const int _unreachable = int.MaxValue / 2;
    private readonly int _rowSize = reference.Length + 1;
    private int[] _costs = [];
    private EditOperation[] _operations = [];
    private int[] _upper = new int[reference.Length + 1];
    private int[] _lower = new int[reference.Length + 1];

    /// <summary>Computes and keeps the matrix of a hypothesis.</summary>
    /// <returns>Its distance to the reference.</returns>
    internal int Keep(ReadOnlySpan<int> hypothesis)
    {
        int size = (hypothesis.Length + 1) * _rowSize;
        if (_costs.Length < size)
        {
            _costs = new int[size];
            _operations = new EditOperation[size];
        }

        for (var j = 0; j < _rowSize; j++)
        {
            _costs[j] = j;
            _operations[j] = EditOperation.Insert;
        }

        for (var row = 1; row <= hypothesis.Length; row++)
        {
            Span<EditOperation> operations = _operations.AsSpan(row * _rowSize, _rowSize);
            operations.Fill(EditOperation.Undefined);
            FillRow(row, hypothesis, Kept(row - 1), Kept(row), operations);
        }

        return _costs[size - 1];
    }

    /// <summary>The distance of a hypothesis as long as the kept one, and equal to it before a word.</summary>
    internal int OfShifted(ReadOnlySpan<int> hypothesis, int firstChanged)
    {
        ReadOnlySpan<int> above = Kept(firstChanged);
        for (int row = firstChanged + 1; row <= hypothesis.Length; row++)
        {
            FillRow(row, hypothesis, above, _lower, []);
            (_upper, _lower) = (_lower, _upper);
            above = _upper;
        }

        return above[^1];
    }

    /// <summary>The steps that turn the kept hypothesis into the reference, from left to right.</summary>
    internal List<EditOperation> Trace(int hypothesisLength)
    {
        var trace = new List<EditOperation>();
        int i = hypothesisLength;
        int j = reference.Length;
        while (i > 0 || j > 0)
        {
            EditOperation operation = _operations[(i * _rowSize) + j];
            trace.Add(operation);
            i -= operation == EditOperation.Insert ? 0 : 1;
            j -= operation == EditOperation.Delete ? 0 : 1;
        }

        trace.Reverse();
        return trace;
    }

    private Span<int> Kept(int row) => _costs.AsSpan(row * _rowSize, _rowSize);

    private void FillRow(int row, ReadOnlySpan<int> hypothesis, ReadOnlySpan<int> above, Span<int> costs, Span<EditOperation> operations)
    {
        costs.Fill(_unreachable);
        double lengthRatio = (double)reference.Length / hypothesis.Length;

        // Rows would not overlap if the diagonal moved further than the beam is wide.
        int beam = _beamWidth < lengthRatio / 2 ? (int)Math.Ceiling((lengthRatio / 2) + _beamWidth) : _beamWidth;
        var diagonal = (int)Math.Floor(row * lengthRatio);
        int end = row == hypothesis.Length ? _rowSize : Math.Min(_rowSize, diagonal + beam);
        int word = hypothesis[row - 1];
        for (int j = Math.Max(0, diagonal - beam); j < end; j++)
        {
            (int cost, EditOperation operation) = j == 0
                ? (above[0] + 1, EditOperation.Delete)
                : Cheapest(above[j - 1], word == reference[j - 1], above[j], costs[j - 1]);
            costs[j] = cost;
            if (!operations.IsEmpty)
                operations[j] = operation;
        }
    }

    // Of equal costs Tercom takes a match or substitution first, then a deletion, then an insertion.
    private static (int Cost, EditOperation Operation) Cheapest(int diagonal, bool match, int above, int left)
    {
        (int Cost, EditOperation Operation) best = match ? (diagonal, EditOperation.Keep) : (diagonal + 1, EditOperation.Substitute);
        if (above + 1 < best.Cost)
            best = (above + 1, EditOperation.Delete);
        if (left + 1 < best.Cost)
            best = (left + 1, EditOperation.Insert);
        return best.Cost < _unreachable ? best : (_unreachable, EditOperation.Undefined);
    }
}
