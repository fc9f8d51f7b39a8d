namespace Sequor.Scoring;

/// <summary>What a signature says besides the metric's own settings.</summary>
/// <param name="ReferenceCount">References per sentence, 1 or more; <see cref="VariableReferences"/> where sentences differ.</param>
/// <param name="Resampling">The resampling that went with the score, or null.</param>
public readonly record struct SignatureContext(int ReferenceCount, Resampling? Resampling = null)
{
    /// <summary>The <see cref="ReferenceCount"/> of a corpus whose sentences have different numbers of references; printed <c>nrefs:var</c>.</summary>
    public const int VariableReferences = -1;
}

/// <summary>How scores were resampled.</summary>
/// <param name="Kind">Bootstrap (<c>bs</c>) or approximate randomisation (<c>ar</c>).</param>
/// <param name="Trials">Resampled corpora, 1 or more.</param>
/// <param name="Seed">The seed of the random numbers.</param>
public readonly record struct Resampling(ResamplingKind Kind, int Trials, ulong Seed);

/// <summary>The two ways to resample a corpus.</summary>
public enum ResamplingKind
{
    /// <summary>Draws as many sentences as the corpus has, with replacement (Koehn 2004).</summary>
    Bootstrap,

    /// <summary>Swaps the two systems' outputs sentence by sentence at random (Riezler and Maxwell 2005).</summary>
    ApproximateRandomization,
}
