namespace Sequor.Scoring;

/// <summary>Reports all faults of a set of options at once.</summary>
internal static class OptionFaults
{
    internal static void ThrowIfAny(IReadOnlyList<string> faults, string parameterName)
    {
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(" ", faults), parameterName);
    }
}
