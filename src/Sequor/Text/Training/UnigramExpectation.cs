namespace Sequor.Text.Training;

/// <summary>One pass of expectation–maximisation over the pieces of a unigram model (Kudo 2018).</summary>
internal static class UnigramExpectation
{
    // A piece expected less often than this is not worth its place in the next round.
    private const double LeastExpected = 0.5;

    /// <summary>Counts every piece under the model, drops the rare ones and gives the others new probabilities.</summary>
    public static UnigramPieces Improve(SegmentedText text, UnigramPieces pieces)
    {
        double[] expected = new double[pieces.Count];
        UnigramLattice lattice = new(pieces);
        for (int segment = 0; segment < text.Segments; segment++)
        {
            lattice.SetText(text[segment]);
            lattice.AddExpected(text.CountOf(segment), expected);
        }

        // The digamma function instead of the logarithm takes probability from rare pieces: a sparse prior, as in
        // variational inference with a Dirichlet process (Liang and Klein 2007).
        double logTotal = Digamma(expected.Where(count => count >= LeastExpected).Sum());
        return new UnigramPieces(
        [
            .. Enumerable.Range(0, pieces.Count).Where(piece => expected[piece] >= LeastExpected)
                .Select(piece => (pieces[piece].Piece, Digamma(expected[piece]) - logTotal)),
        ]);
    }

    /// <summary>Mean natural logarithm of a segment's probability over the whole corpus.</summary>
    public static double MeanLogProbability(SegmentedText text, UnigramPieces pieces)
    {
        double[] unused = new double[pieces.Count];
        UnigramLattice lattice = new(pieces);
        double sum = 0;
        double segments = 0;
        for (int segment = 0; segment < text.Segments; segment++)
        {
            lattice.SetText(text[segment]);
            sum += text.CountOf(segment) * lattice.AddExpected(text.CountOf(segment), unused);
            segments += text.CountOf(segment);
        }
        return sum / segments;
    }

    /// <summary>The derivative of the logarithm of the gamma function, for arguments above 0.</summary>
    internal static double Digamma(double argument)
    {
        // Recurrence up to where the asymptotic series around argument - 1/2 is exact to double precision.
        double result = 0;
        for (; argument < 7; argument++)
            result -= 1 / argument;
        double shifted = argument - 0.5;
        double square = 1 / (shifted * shifted);
        return result + Math.Log(shifted)
            + (square * ((1.0 / 24) - (square * ((7.0 / 960) - (square * ((31.0 / 8064) - (square * (127.0 / 30720))))))));
    }
}
