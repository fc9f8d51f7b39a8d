namespace Sequor.Alignments;

/// <summary>How often the best piece of the whole vocabulary was not in the shortlist. Thread-safe.</summary>
public sealed class ShortlistExactness
{
    private long _steps;
    private long _outside;
    private long _listed;

    /// <summary>Steps that were looked at.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>Steps whose best piece was outside the list.</summary>
    public long Outside => Interlocked.Read(ref _outside);

    /// <summary><see cref="Outside"/> as a share of <see cref="Steps"/>, 0 to 1; 0 before the first.</summary>
    public double OutsideShare => Steps == 0 ? 0 : (double)Outside / Steps;

    /// <summary>How many pieces a list had, in the mean over the steps; 0 before the first.</summary>
    public double MeanSize => Steps == 0 ? 0 : (double)Interlocked.Read(ref _listed) / Steps;

    /// <summary>Counts a step.</summary>
    /// <param name="best">The best piece of the whole vocabulary.</param>
    /// <param name="shortlist">The pieces that were allowed, rising.</param>
    /// <returns>Whether the best piece was among them.</returns>
    public bool Add(int best, ReadOnlySpan<int> shortlist)
    {
        bool inside = shortlist.BinarySearch(best) >= 0;
        Interlocked.Increment(ref _steps);
        Interlocked.Add(ref _listed, shortlist.Length);
        if (!inside)
            Interlocked.Increment(ref _outside);
        return inside;
    }
}
