namespace Sequor.Decoding.Predictors;

/// <summary>The best pieces of every row of a prediction.</summary>
internal sealed class BestPiecesTable
{
    private int[] _ids = [];
    private float[] _logProbabilities = [];

    /// <summary>Pieces kept for each row.</summary>
    internal int PerRow { get; private set; }

    /// <summary>All pieces, [R × k].</summary>
    internal Span<int> Ids => _ids;

    /// <summary>Their log-probabilities, [R × k].</summary>
    internal Span<float> LogProbabilities => _logProbabilities;

    /// <summary>Makes room.</summary>
    internal void Reserve(int rows, int perRow)
    {
        PerRow = perRow;
        if (_ids.Length < rows * perRow)
        {
            _ids = new int[rows * perRow];
            _logProbabilities = new float[rows * perRow];
        }
    }

    internal BestPieces this[int row] =>
        new(_ids.AsSpan(row * PerRow, PerRow), _logProbabilities.AsSpan(row * PerRow, PerRow));

    /// <summary>Finds the best pieces of a row among all of them. A row that holds no numbers keeps that: its first piece has none either.</summary>
    internal void Fill(int row, ReadOnlySpan<float> logProbabilities)
    {
        Span<int> ids = _ids.AsSpan(row * PerRow, PerRow);
        Span<float> best = _logProbabilities.AsSpan(row * PerRow, PerRow);
        int count = 0;
        for (int id = 0; id < logProbabilities.Length; id++)
        {
            float value = logProbabilities[id];
            if (count == PerRow && !(value > best[^1]))
            {
                continue;
            }

            int place = count < PerRow ? count++ : count - 1;
            for (; place > 0 && value > best[place - 1]; place--)
            {
                (ids[place], best[place]) = (ids[place - 1], best[place - 1]);
            }

            (ids[place], best[place]) = (id, value);
        }
    }
}
