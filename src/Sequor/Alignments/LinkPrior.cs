namespace Sequor.Alignments;

/// <summary>How likely each given word, and the empty word, is to be the counterpart before the words themselves are looked at.</summary>
/// <param name="Kind">Where counterparts are looked for.</param>
/// <param name="NullProbability">As <see cref="AlignerOptions.NullProbability"/>.</param>
/// <param name="Tension">λ of the diagonal.</param>
internal readonly record struct LinkPrior(AlignmentPrior Kind, double? NullProbability, double Tension)
{
    /// <summary>The first place that can be linked: 0, the empty word, or 1 in a model without it.</summary>
    internal int First => NullProbability == 0 ? 1 : 0;

    /// <summary>Fills in the chances for a written word, which add up to 1.</summary>
    /// <param name="chances">[n + 1], that of the empty word first.</param>
    /// <param name="j">Place of the written word, from 0.</param>
    /// <param name="written">How many words are written.</param>
    internal void Fill(Span<double> chances, int j, int written)
    {
        double none = NullProbability ?? (1.0 / chances.Length);
        chances[0] = none;
        Span<double> words = chances[1..];
        if (Kind == AlignmentPrior.Diagonal)
            DiagonalPrior.Fill(words, j, written, Tension, 1 - none);
        else
            words.Fill((1 - none) / words.Length);
    }
}
