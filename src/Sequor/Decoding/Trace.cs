namespace Sequor.Decoding;

/// <summary>The pieces of an unfinished hypothesis, shared with the hypotheses that grew from the same beginning.</summary>
/// <param name="Parent">All but the last piece; null before the first.</param>
/// <param name="Id">The last piece.</param>
/// <param name="LogProbability">log p of the last piece.</param>
/// <param name="Attention">How much the last piece looked at each source position; null when not recorded.</param>
internal sealed record Trace(Trace? Parent, int Id, float LogProbability, float[]? Attention)
{
    internal int Length { get; } = (Parent?.Length ?? 0) + 1;

    internal double Total { get; } = (Parent?.Total ?? 0) + LogProbability;

    /// <summary>The pieces from the first to the last.</summary>
    internal static int[] Ids(Trace? last) => Collect(last, trace => trace.Id);

    internal static Hypothesis Finish(Trace last, double score, StopReason reason)
    {
        float[] logProbabilities = Collect(last, trace => trace.LogProbability);
        Trace? text = reason == StopReason.EndOfSentence ? last.Parent : last;
        float[]?[] attention = last.Attention is null ? [] : Collect(text, trace => trace.Attention);
        return new Hypothesis(Ids(text), score, last.Total, logProbabilities, reason, attention!);
    }

    private static T[] Collect<T>(Trace? last, Func<Trace, T> part)
    {
        var parts = new T[last?.Length ?? 0];
        for (Trace? trace = last; trace is not null; trace = trace.Parent)
        {
            parts[trace.Length - 1] = part(trace);
        }

        return parts;
    }
}
