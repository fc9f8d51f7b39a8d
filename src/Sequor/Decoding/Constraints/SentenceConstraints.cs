namespace Sequor.Decoding.Constraints;

/// <summary>All that one sentence's output must keep to.</summary>
/// <param name="All">The constraints.</param>
/// <param name="Machines">What holds them.</param>
/// <param name="Phrases">The one of the machines that counts phrases; null when none must be written.</param>
internal sealed record SentenceConstraints(IReadOnlyList<OutputConstraint> All, IReadOnlyList<ConstraintMachine> Machines, PhraseMachine? Phrases)
{
    /// <summary>What became of the constraints in an output.</summary>
    /// <param name="ids">The output.</param>
    /// <param name="stoppedBy">Why it ended.</param>
    internal IReadOnlyList<ConstraintOutcome> Report(ReadOnlySpan<int> ids, StopReason stoppedBy)
    {
        var met = new bool[All.Count];
        met.AsSpan().Fill(true);
        foreach (ConstraintMachine machine in Machines)
        {
            int state = machine.Start;
            for (int i = 0; i < ids.Length && state != ConstraintMachine.Broken; i++)
            {
                state = machine.Next(state, i == 0 ? ConstraintMachine.NoPiece : ids[i - 1], ids[i]);
            }

            machine.Report(ids, state, met);
        }

        return [.. All.Select((constraint, i) => new ConstraintOutcome(constraint, met[i], met[i] ? "" : Reason(constraint, stoppedBy)))];
    }

    private static string Reason(OutputConstraint constraint, StopReason stoppedBy) => stoppedBy == StopReason.MaximumLength
        ? $"Asked for was {constraint.Meaning}; the greatest length was reached before."
        : $"Asked for was {constraint.Meaning}; the vocabulary cannot write it, or something else that was asked for stands against it.";
}
