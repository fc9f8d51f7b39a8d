namespace Sequor.Alignments;

/// <summary>
/// The prior of Dyer, Chahuneau and Smith (2013): word j of m is said by word i of n with a chance proportional to exp(-λ |i/n - j/m|). Away from the
/// diagonal, both ways, it falls by the constant factor exp(-λ/n), so a whole row takes three exponentials.
/// </summary>
internal static class DiagonalPrior
{
    /// <summary>The distance from the diagonal of given word <paramref name="i"/> and written word <paramref name="j"/>, both from 0.</summary>
    internal static double Distance(int i, int given, int j, int written) =>
        Math.Abs(((i + 1L) * written) - ((j + 1L) * given)) / ((double)given * written);

    /// <summary>Fills in the chances of all given words, which add up to <paramref name="total"/>.</summary>
    /// <param name="chances">[n]</param>
    /// <param name="j">Place of the written word, from 0.</param>
    /// <param name="written">m</param>
    /// <param name="tension">λ</param>
    /// <param name="total">What they add up to.</param>
    internal static void Fill(Span<double> chances, int j, int written, double tension, double total)
    {
        double sum = FillRaw(chances, j, written, tension);
        double scale = total / sum;
        for (int i = 0; i < chances.Length; i++)
            chances[i] *= scale;
    }

    /// <summary>The mean distance from the diagonal under the prior.</summary>
    /// <param name="work">[n], overwritten.</param>
    /// <param name="j">Place of the written word, from 0.</param>
    /// <param name="written">m</param>
    /// <param name="tension">λ</param>
    internal static double MeanDistance(Span<double> work, int j, int written, double tension)
    {
        double sum = FillRaw(work, j, written, tension);
        double distance = 0;
        for (int i = 0; i < work.Length; i++)
            distance += work[i] * Distance(i, work.Length, j, written);
        return distance / sum;
    }

    private static double FillRaw(Span<double> chances, int j, int written, double tension)
    {
        int given = chances.Length;
        int above = (int)((j + 1L) * given / written);
        double step = Math.Exp(-tension / given);
        double sum = 0;
        if (above > 0)
        {
            double chance = Math.Exp(-tension * Distance(above - 1, given, j, written));
            for (int i = above - 1; i >= 0; i--, chance *= step)
                sum += chances[i] = chance;
        }

        if (above < given)
        {
            double chance = Math.Exp(-tension * Distance(above, given, j, written));
            for (int i = above; i < given; i++, chance *= step)
                sum += chances[i] = chance;
        }

        return sum;
    }
}
