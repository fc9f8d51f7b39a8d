namespace Sequor.Batching;

/// <summary>A dev set taken out of a corpus.</summary>
/// <param name="Dev">The numbers of its pairs.</param>
/// <param name="Removed">Numbers of pairs outside it that share a sentence with it and so must not be learnt from either.</param>
/// <param name="Notice">A sentence when the dev set is not as it was asked for; else null.</param>
public sealed record HeldOutPairs(IReadOnlySet<long> Dev, IReadOnlySet<long> Removed, string? Notice)
{
    /// <summary>All pairs that must not be learnt from: for <see cref="CorpusOptions.HeldOut"/>.</summary>
    public IReadOnlySet<long> NotForTraining { get; } = new HashSet<long>(Dev.Concat(Removed));
}
