namespace Sequor.Decoding.Predictors;

/// <summary>What will be asked of one row besides its best pieces. Rows beside each other may need different things, and what one needs costs the others nothing.</summary>
[Flags]
internal enum RowNeeds : byte
{
    /// <summary>Nothing else.</summary>
    Best = 0,

    /// <summary>Log-probabilities of the whole row.</summary>
    Whole = 1,

    /// <summary>How much it looked at each source position.</summary>
    Attention = 2,

    /// <summary>Logits that are changed before they become probabilities; the whole row is asked for too.</summary>
    Edited = 4,
}

/// <summary>What will be asked of a prediction.</summary>
/// <param name="best">How many of the best pieces of each row, 1 or more.</param>
/// <param name="every">What every row needs.</param>
/// <param name="rows">What each row needs besides, [R], or nothing.</param>
/// <param name="edit">Changes the logits of the rows that want that; null where none does.</param>
internal readonly ref struct PredictionNeeds(int best, RowNeeds every, ReadOnlySpan<RowNeeds> rows = default, LogitEdit? edit = null)
{
    private readonly RowNeeds _every = every;
    private readonly ReadOnlySpan<RowNeeds> _rows = rows;

    /// <summary>How many of the best pieces of each row.</summary>
    internal int Best { get; } = best;

    /// <summary>Changes the logits of the rows that want that.</summary>
    internal LogitEdit? Edit { get; } = edit;

    /// <summary>The same, and the whole of every row; of its best pieces one.</summary>
    internal PredictionNeeds WithWholeRows() => new(1, _every | RowNeeds.Whole, _rows, Edit);

    /// <summary>Whether a row needs something.</summary>
    internal bool Wants(int row, RowNeeds need) => ((_every | (_rows.IsEmpty ? RowNeeds.Best : _rows[row])) & need) != 0;

    /// <summary>Whether any row needs something.</summary>
    internal bool AnyWants(RowNeeds need)
    {
        if ((_every & need) != 0)
        {
            return true;
        }

        foreach (RowNeeds row in _rows)
        {
            if ((row & need) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
