namespace Sequor.Text.Training;

/// <summary>Takes out the pieces that the corpus misses least (Kudo 2018, section 3.2).</summary>
internal static class UnigramPruning
{
    /// <summary>Keeps the pieces whose loss would cost the most likelihood, and those that nothing else can spell.</summary>
    /// <param name="text">The corpus.</param>
    /// <param name="pieces">The model.</param>
    /// <param name="keep">Pieces that stay, unless more of them cannot be spelt otherwise.</param>
    public static UnigramPieces Prune(SegmentedText text, UnigramPieces pieces, int keep)
    {
        (int Piece, double Loss)[] losses = [.. Losses(text, pieces)];
        int irreplaceable = losses.Count(entry => double.IsPositiveInfinity(entry.Loss));
        return new UnigramPieces(
        [
            .. losses.OrderByDescending(entry => entry.Loss).ThenBy(entry => entry.Piece)
                .Take(Math.Max(keep, irreplaceable)).Select(entry => pieces[entry.Piece]),
        ]);
    }

    /// <summary>
    /// For every piece that the best spellings use: the corpus's log likelihood that would be lost with it, positive infinity where
    /// nothing else spells it. A piece that its own parts spell better than itself is left out: no best spelling needs it.
    /// </summary>
    internal static IEnumerable<(int Piece, double Loss)> Losses(SegmentedText text, UnigramPieces pieces)
    {
        long[] used = CountBestPaths(text, pieces);
        double total = used.Sum();
        UnigramLattice lattice = new(pieces);
        List<int> instead = [];
        for (int piece = 0; piece < pieces.Count; piece++)
        {
            if (used[piece] == 0)
                continue;
            lattice.SetText(pieces.CodePointsOf(piece), withoutWhole: true);
            double logInstead = lattice.BestPath(instead);
            if (instead.Contains(PieceTrie.None) || instead.Count == 0)
                yield return (piece, double.PositiveInfinity);
            else if (logInstead <= pieces[piece].LogProbability)
                yield return (piece, Loss(piece, instead, used, total));
        }
    }

    // Every use of the piece would become a use of each piece in its stead; the rest of the corpus stays as it is.
    private static double Loss(int piece, List<int> instead, long[] used, double total)
    {
        double logProbability = Math.Log(used[piece]) - Math.Log(total);
        double logTotalInstead = Math.Log(total + (used[piece] * (instead.Count - 1.0)));
        double logInstead = instead.Sum(other => Math.Log(used[other] + (double)used[piece]) - logTotalInstead);
        return used[piece] * (logProbability - logInstead);
    }

    private static long[] CountBestPaths(SegmentedText text, UnigramPieces pieces)
    {
        long[] used = new long[pieces.Count];
        UnigramLattice lattice = new(pieces);
        List<int> path = [];
        for (int segment = 0; segment < text.Segments; segment++)
        {
            lattice.SetText(text[segment]);
            lattice.BestPath(path);
            foreach (int piece in path)
            {
                if (piece != PieceTrie.None)
                    used[piece] += text.CountOf(segment);
            }
        }
        return used;
    }
}
