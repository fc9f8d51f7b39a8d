namespace Sequor.Extensions.Chat;

/// <summary>Ends a growing text before the first of some sequences, and holds back what may be the beginning of one.</summary>
/// <param name="sequences">The sequences; null or none for no such end.</param>
internal sealed class StopSequences(IList<string>? sequences)
{
    private string _held = "";

    /// <summary>Whether a sequence was met; nothing follows then.</summary>
    internal bool WasMet { get; private set; }

    /// <summary>Where the sequence begins that is complete first; -1 for nowhere. Of sequences that end at the same place the longest counts.</summary>
    internal static int Find(string text, IList<string>? sequences)
    {
        (int place, int end) = (-1, int.MaxValue);
        foreach (string sequence in sequences ?? [])
        {
            int found = sequence.Length == 0 ? -1 : text.IndexOf(sequence, StringComparison.Ordinal);
            if (found >= 0 && (found + sequence.Length < end || (found + sequence.Length == end && found < place)))
            {
                (place, end) = (found, found + sequence.Length);
            }
        }

        return place;
    }

    /// <summary>Takes a part.</summary>
    /// <returns>What is certain now.</returns>
    internal string Add(string part)
    {
        if (WasMet)
        {
            return "";
        }

        _held += part;
        int stop = Find(_held, sequences);
        if (stop >= 0)
        {
            WasMet = true;
            return Take(stop);
        }

        return Take(_held.Length - LongestBeginning());
    }

    /// <summary>What was held back, when nothing follows.</summary>
    internal string Rest() => WasMet ? "" : Take(_held.Length);

    private string Take(int length)
    {
        string taken = _held[..length];
        _held = _held[length..];
        return taken;
    }

    // The longest end of the held text that a sequence begins with.
    private int LongestBeginning() => (sequences ?? []).Max(sequence => (int?)Enumerable.Range(1, Math.Max(0, Math.Min(sequence.Length - 1, _held.Length)))
        .LastOrDefault(length => _held.AsSpan(_held.Length - length).SequenceEqual(sequence.AsSpan(0, length)))) ?? 0;
}
