using Sequor.Decoding.Searching;

namespace Sequor.Decoding;

/// <summary>A way for a beam to go on: one of its rows, and the piece that would follow.</summary>
/// <param name="Total">What candidates are ranked by: log p of the whole hypothesis, less what a search charges for it.</param>
/// <param name="Row">The row that it continues.</param>
/// <param name="Id">The piece.</param>
/// <param name="LogProbability">log p of the piece.</param>
internal readonly record struct Candidate(double Total, int Row, int Id, float LogProbability)
{
    /// <summary>Better candidates come first; ties go by row, then by piece, so that no order of work can show.</summary>
    internal bool IsBetterThan(in Candidate other) =>
        Total != other.Total ? Total > other.Total : Row != other.Row ? Row < other.Row : Id < other.Id;
}

/// <summary>The best ways for one sentence's beam to go on, best first.</summary>
internal sealed class Candidates(int limit)
{
    private readonly Candidate[] _best = new Candidate[limit];

    internal int Count { get; private set; }

    /// <summary>The candidates.</summary>
    internal ReadOnlySpan<Candidate> All => _best.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    /// <summary>Enters every piece that may follow a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="total">log p of what it has written.</param>
    /// <param name="logProbabilities">[V]</param>
    /// <param name="charges">What pieces cost.</param>
    internal void Enter(int row, double total, ReadOnlySpan<float> logProbabilities, Charges charges)
    {
        for (int id = 0; id < logProbabilities.Length; id++)
        {
            float logProbability = logProbabilities[id];
            if (MayEnter(total + logProbability) && !float.IsNegativeInfinity(logProbability))
            {
                Insert(new Candidate(total + logProbability - charges.For(id), row, id, logProbability));
            }
        }
    }

    /// <summary>Whether a candidate of this total is, perhaps, among the best.</summary>
    internal bool MayEnter(double total) => Count < _best.Length || total >= _best[^1].Total;

    /// <summary>Enters a candidate if it is among the best.</summary>
    internal void Insert(in Candidate candidate)
    {
        if (Count == _best.Length && !candidate.IsBetterThan(_best[^1]))
        {
            return;
        }

        int place = Count < _best.Length ? Count++ : Count - 1;
        for (; place > 0 && candidate.IsBetterThan(_best[place - 1]); place--)
        {
            _best[place] = _best[place - 1];
        }

        _best[place] = candidate;
    }
}
