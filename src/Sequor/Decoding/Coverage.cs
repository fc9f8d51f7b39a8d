namespace Sequor.Decoding;

/// <summary>How well an output has looked at all of its source (Wu et al. 2016, eq. 14).</summary>
internal static class Coverage
{
    private const double Least = 1e-9;

    /// <summary>Σ over source positions of log min(attention received, 1); 0 for models without attention.</summary>
    internal static double LogSum(Trace last)
    {
        if (last.Attention is null)
        {
            return 0;
        }

        var received = new double[last.Attention.Length];
        for (Trace? trace = last; trace is not null; trace = trace.Parent)
        {
            for (int s = 0; s < received.Length; s++)
            {
                received[s] += trace.Attention![s];
            }
        }

        return received.Sum(amount => Math.Log(Math.Clamp(amount, Least, 1)));
    }
}
