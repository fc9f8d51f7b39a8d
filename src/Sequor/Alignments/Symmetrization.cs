using Sequor.Text;

namespace Sequor.Alignments;

/// <summary>How the links of both directions become one alignment (Och and Ney 2003; Koehn, Och and Marcu 2003).</summary>
public enum SymmetrizationMethod
{
    /// <summary>The forward links alone: every target word has at most one.</summary>
    Forward,

    /// <summary>The reverse links alone: every source word has at most one.</summary>
    Reverse,

    /// <summary>Links that both directions have.</summary>
    Intersection,

    /// <summary>Links that one of the directions has.</summary>
    Union,

    /// <summary>The intersection, and links of the union beside a link, also diagonally, whose source or target word has none yet.</summary>
    GrowDiagonal,

    /// <summary><see cref="GrowDiagonal"/>, and then links of a direction whose source or target word has none yet.</summary>
    GrowDiagonalFinal,

    /// <summary><see cref="GrowDiagonal"/>, and then links of a direction whose source and target word both have none yet.</summary>
    GrowDiagonalFinalAnd,
}

/// <summary>Joins the links of both directions.</summary>
public static class Symmetrization
{
    private static readonly (string Name, SymmetrizationMethod Method)[] _names =
    [
        ("forward", SymmetrizationMethod.Forward), ("reverse", SymmetrizationMethod.Reverse),
        ("intersection", SymmetrizationMethod.Intersection), ("intersect", SymmetrizationMethod.Intersection),
        ("union", SymmetrizationMethod.Union),
        ("grow-diag", SymmetrizationMethod.GrowDiagonal),
        ("grow-diag-final", SymmetrizationMethod.GrowDiagonalFinal),
        ("grow-diag-final-and", SymmetrizationMethod.GrowDiagonalFinalAnd), ("gdfa", SymmetrizationMethod.GrowDiagonalFinalAnd),
    ];

    private static readonly (int Source, int Target)[] _neighbours = [(-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)];

    /// <summary>The method of a name: <c>forward</c>, <c>reverse</c>, <c>intersection</c>, <c>union</c>, <c>grow-diag</c>, <c>grow-diag-final</c>, <c>grow-diag-final-and</c>.</summary>
    /// <param name="name">The name; <c>intersect</c> and <c>gdfa</c> are known too.</param>
    /// <exception cref="ArgumentException">No method has this name.</exception>
    public static SymmetrizationMethod Parse(string name)
    {
        foreach ((string known, SymmetrizationMethod method) in _names)
        {
            if (known == name)
                return method;
        }

        throw new ArgumentException($"There is no symmetrization '{name}'; it must be one of {string.Join(", ", _names.Select(one => one.Name))}.", nameof(name));
    }

    /// <summary>Joins two alignments.</summary>
    /// <param name="forward">For each target word the place of its source word, or -1.</param>
    /// <param name="reverse">For each source word the place of its target word, or -1.</param>
    /// <param name="method">How.</param>
    /// <returns>The links by source word, then by target word.</returns>
    /// <exception cref="ArgumentException">A link leads beyond the other sentence.</exception>
    public static AlignmentLink[] Join(ReadOnlySpan<int> forward, ReadOnlySpan<int> reverse, SymmetrizationMethod method)
    {
        var grid = new LinkGrid(reverse.Length, forward.Length);
        for (int target = 0; target < forward.Length; target++)
            grid.Propose(forward[target], target, LinkGrid.Forward);
        for (int source = 0; source < reverse.Length; source++)
            grid.Propose(source, reverse[source], LinkGrid.Reverse);

        bool one = method is SymmetrizationMethod.Union or SymmetrizationMethod.Forward or SymmetrizationMethod.Reverse;
        int wanted = method switch
        {
            SymmetrizationMethod.Forward => LinkGrid.Forward,
            SymmetrizationMethod.Reverse => LinkGrid.Reverse,
            _ => LinkGrid.Forward | LinkGrid.Reverse,
        };
        grid.AcceptAll(marks => one ? (marks & wanted) != 0 : marks == wanted);
        if (method >= SymmetrizationMethod.GrowDiagonal)
            Grow(grid);
        if (method >= SymmetrizationMethod.GrowDiagonalFinal)
        {
            AddLast(grid, LinkGrid.Forward, method == SymmetrizationMethod.GrowDiagonalFinalAnd);
            AddLast(grid, LinkGrid.Reverse, method == SymmetrizationMethod.GrowDiagonalFinalAnd);
        }

        return grid.Accepted();
    }

    /// <summary>Until nothing changes: beside every link, by target word and then by source word, proposed links whose source or target word is still free.</summary>
    private static void Grow(LinkGrid grid)
    {
        for (bool grew = true; grew;)
        {
            grew = false;
            for (int target = 0; target < grid.Targets; target++)
            {
                for (int source = 0; source < grid.Sources; source++)
                {
                    if (!grid.IsAccepted(source, target))
                        continue;
                    foreach ((int down, int right) in _neighbours)
                        grew |= grid.TryAccept(source + down, target + right, LinkGrid.Forward | LinkGrid.Reverse, needsBothFree: false);
                }
            }
        }
    }

    private static void AddLast(LinkGrid grid, int direction, bool needsBothFree)
    {
        for (int target = 0; target < grid.Targets; target++)
        {
            for (int source = 0; source < grid.Sources; source++)
                grid.TryAccept(source, target, direction, needsBothFree);
        }
    }
}
