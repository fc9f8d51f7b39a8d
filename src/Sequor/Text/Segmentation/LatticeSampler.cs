namespace Sequor.Text.Segmentation;

/// <summary>Draws a segmentation with a probability that grows with its score: sums forward, draws backward.</summary>
internal static class LatticeSampler
{
    /// <summary>Draws one way through the lattice.</summary>
    /// <param name="lattice">All pieces of the text.</param>
    /// <param name="alpha">The exponent on a segmentation's probability; 0 makes all alike.</param>
    /// <param name="random">Where chance comes from.</param>
    public static List<PieceSpan> Sample(Lattice lattice, float alpha, ref KeyedRandom random)
    {
        double[] sums = ForwardSums(lattice, alpha);
        var spans = new List<PieceSpan>();
        for (int place = lattice.Length; place > 0;)
        {
            int node = Draw(lattice, place, alpha, sums, random.NextDouble());
            spans.Add(lattice[node].Span);
            place = lattice[node].Start;
        }

        spans.Reverse();
        return spans;
    }

    /// <summary>For every place the logarithm of the summed weights of all ways to it.</summary>
    private static double[] ForwardSums(Lattice lattice, float alpha)
    {
        double[] sums = new double[lattice.Length + 1];
        for (int place = 1; place <= lattice.Length; place++)
        {
            double sum = double.NegativeInfinity;
            for (int node = lattice.FirstEnding(place); node != Lattice.None; node = lattice.NextEnding(node))
            {
                sum = AddExponents(sum, sums[lattice[node].Start] + ((double)alpha * lattice[node].Score));
            }

            sums[place] = sum;
        }

        return sums;
    }

    private static int Draw(Lattice lattice, int place, float alpha, double[] sums, double chance)
    {
        int last = Lattice.None;
        for (int node = lattice.FirstEnding(place); node != Lattice.None; node = lattice.NextEnding(node))
        {
            double share = Math.Exp(sums[lattice[node].Start] + ((double)alpha * lattice[node].Score) - sums[place]);
            if (share > 0)
            {
                last = node;
                chance -= share;
            }

            if (chance < 0)
            {
                break;
            }
        }

        return last;
    }

    private static double AddExponents(double left, double right)
    {
        double larger = Math.Max(left, right);
        double smaller = Math.Min(left, right);
        return double.IsNegativeInfinity(smaller) ? larger : larger + Math.Log(1 + Math.Exp(smaller - larger));
    }
}
