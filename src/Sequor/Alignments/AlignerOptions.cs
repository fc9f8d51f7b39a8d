namespace Sequor.Alignments;

/// <summary>Where in the other sentence a word's counterpart is looked for.</summary>
public enum AlignmentPrior
{
    /// <summary>Near the same relative place: exp(-λ |i/m - j/n|), normalised (Dyer, Chahuneau and Smith 2013).</summary>
    Diagonal,

    /// <summary>Anywhere alike (IBM Model 1, Brown et al. 1993).</summary>
    Uniform,
}

/// <summary>How the words of two languages are aligned. The defaults are those that users of fast_align know as <c>-d -o -v</c>.</summary>
public sealed record AlignerOptions
{
    /// <summary>The least λ.</summary>
    public const double LeastTension = 0.1;

    /// <summary>The greatest λ.</summary>
    public const double GreatestTension = 14;

    /// <summary>IBM Model 1 as in the textbook: every word alike, an empty word among them, relative frequencies.</summary>
    public static AlignerOptions Model1 { get; } = new()
    {
        Prior = AlignmentPrior.Uniform,
        NullProbability = null,
        OptimizeTension = false,
        Concentration = null,
    };

    /// <summary>Where counterparts are looked for. Default <see cref="AlignmentPrior.Diagonal"/>.</summary>
    public AlignmentPrior Prior { get; init; } = AlignmentPrior.Diagonal;

    /// <summary>Passes of expectation maximisation over the corpus, 1 to 1,000. Default 5.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>
    /// The chance that a word has no counterpart, 0 to below 1; 0 for a model without the empty word; null for an empty word that is as likely
    /// as each of the n words there are, 1 / (n + 1). Default 0.08.
    /// </summary>
    public double? NullProbability { get; init; } = 0.08;

    /// <summary>λ, how strongly the diagonal is favoured, <see cref="LeastTension"/> to <see cref="GreatestTension"/>; where training starts. Default 4.</summary>
    public double Tension { get; init; } = 4;

    /// <summary>Whether λ is fitted after each pass but the first. Default true.</summary>
    public bool OptimizeTension { get; init; } = true;

    /// <summary>
    /// The parameter of a symmetric Dirichlet prior over each word's translations, above 0, for variational Bayes; small values make few
    /// translations likely. Null for maximum likelihood. Default 0.01.
    /// </summary>
    public double? Concentration { get; init; } = 0.01;

    /// <summary>Lists every fault of these settings.</summary>
    /// <returns>One sentence for each fault; none if all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Iterations is < 1 or > 1000)
            faults.Add($"Alignment: Iterations is {Iterations}, but must be 1 to 1000.");
        if (NullProbability is { } none && !(none is >= 0 and < 1))
            faults.Add(FormattableString.Invariant($"Alignment: NullProbability is {none}, but must be 0 to below 1."));
        if (!(Tension is >= LeastTension and <= GreatestTension))
            faults.Add(FormattableString.Invariant($"Alignment: Tension is {Tension}, but must be {LeastTension} to {GreatestTension}."));
        if (Concentration is { } alpha && !(alpha > 0 && double.IsFinite(alpha)))
            faults.Add(FormattableString.Invariant($"Alignment: Concentration is {alpha}, but must be a number above 0."));
        return faults;
    }
}
