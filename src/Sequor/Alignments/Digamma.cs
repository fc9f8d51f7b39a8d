namespace Sequor.Alignments;

/// <summary>The derivative of the logarithm of the gamma function.</summary>
internal static class Digamma
{
    private const double Asymptotic = 6;

    /// <summary>ψ(x) for x above 0: ψ(x) = ψ(x + 1) - 1/x up to 6, from there the asymptotic series (Abramowitz and Stegun 6.3.18).</summary>
    internal static double Of(double x)
    {
        double shift = 0;
        for (; x < Asymptotic; x++)
            shift -= 1 / x;
        double square = 1 / (x * x);
        double series = square * ((1.0 / 12) - (square * ((1.0 / 120) - (square * ((1.0 / 252) - (square * ((1.0 / 240) - (square / 132))))))));
        return shift + Math.Log(x) - (0.5 / x) - series;
    }
}
