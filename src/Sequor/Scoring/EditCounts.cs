namespace Sequor.Scoring;

/// <summary>The fewest edits that turn a hypothesis into a reference; of equally few, those that leave most units as they are.</summary>
internal readonly record struct EditCounts(int Substitutions, int Insertions, int Deletions)
{
    // One number holds the edits (high half) and, as the tie break, the substitutions among them (low half).
    private const long _insertionOrDeletion = 1L << 32;
    private const long _substitution = _insertionOrDeletion + 1;

    internal int Edits => Substitutions + Insertions + Deletions;

    /// <param name="hypothesis">Unit numbers; a unit that no reference has is an insertion.</param>
    /// <param name="reference">Unit numbers; a unit that the hypothesis lacks is a deletion.</param>
    internal static EditCounts Between(ReadOnlySpan<int> hypothesis, ReadOnlySpan<int> reference)
    {
        var costs = new long[reference.Length + 1];
        for (var j = 0; j < costs.Length; j++)
            costs[j] = j * _insertionOrDeletion;

        foreach (int unit in hypothesis)
        {
            long diagonal = costs[0];
            costs[0] += _insertionOrDeletion;
            for (var j = 1; j < costs.Length; j++)
            {
                long paired = diagonal + (unit == reference[j - 1] ? 0 : _substitution);
                diagonal = costs[j];
                costs[j] = Math.Min(paired, Math.Min(costs[j], costs[j - 1]) + _insertionOrDeletion);
            }
        }

        var edits = (int)(costs[^1] >> 32);
        var substitutions = (int)(costs[^1] & uint.MaxValue);
        int unpaired = edits - substitutions;
        int surplus = hypothesis.Length - reference.Length;
        return new EditCounts(substitutions, (unpaired + surplus) / 2, (unpaired - surplus) / 2);
    }
}
