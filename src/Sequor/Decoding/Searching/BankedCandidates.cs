using System.Runtime.InteropServices;

namespace Sequor.Decoding.Searching;

/// <summary>
/// The ways for a beam to go on, in banks by how much of the required phrases is still to be written (dynamic beam allocation, Post and Vilar 2018; the order is that of
/// Hu et al. 2019): first the best of each bank, the bank that has written most first, then the second of each, and so on. Where nothing is required there is one bank,
/// and the order is that of an ordinary beam.
/// </summary>
internal sealed class BankedCandidates
{
    private readonly List<Banked> _all = [];
    private readonly List<Candidate> _ordered = [];

    internal int Count => _all.Count;

    internal void Clear() => _all.Clear();

    /// <summary>Enters a candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="left">How many pieces of required phrases are missing behind it.</param>
    internal void Add(in Candidate candidate, int left) => _all.Add(new Banked(candidate, left, 0));

    /// <summary>Whether a way to go on was entered.</summary>
    internal bool Contains(int row, int id)
    {
        foreach (Banked banked in CollectionsMarshal.AsSpan(_all))
        {
            if (banked.Candidate.Row == row && banked.Candidate.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The candidates in the order in which places are given.</summary>
    internal ReadOnlySpan<Candidate> InOrder()
    {
        _all.Sort(static (left, right) => left.Left != right.Left ? left.Left.CompareTo(right.Left) : Compare(left.Candidate, right.Candidate));
        Span<Banked> all = CollectionsMarshal.AsSpan(_all);
        for (int i = 1; i < all.Length; i++)
        {
            all[i] = all[i] with { Rank = all[i].Left == all[i - 1].Left ? all[i - 1].Rank + 1 : 0 };
        }

        _all.Sort(static (left, right) => left.Rank != right.Rank ? left.Rank.CompareTo(right.Rank) : left.Left.CompareTo(right.Left));
        _ordered.Clear();
        foreach (Banked banked in CollectionsMarshal.AsSpan(_all))
        {
            _ordered.Add(banked.Candidate);
        }

        return CollectionsMarshal.AsSpan(_ordered);
    }

    private static int Compare(in Candidate left, in Candidate right) =>
        left.IsBetterThan(right) ? -1 : right.IsBetterThan(left) ? 1 : 0;

    private readonly record struct Banked(Candidate Candidate, int Left, int Rank);
}
