using Sequor.Decoding.Engine;

namespace Sequor.Decoding;

/// <summary>How well an output has looked at all of its source (Wu et al. 2016, eq. 14).</summary>
internal static class Coverage
{
    private const double Least = 1e-9;

    /// <summary>Σ over source positions of log min(attention received, 1); 0 for models without attention.</summary>
    internal static double LogSum(Histories histories, int history)
    {
        if (histories.Attention(history) is not { } last)
        {
            return 0;
        }

        var received = new double[last.Length];
        for (int node = history; node >= 0; node = histories.Parent(node))
        {
            for (int s = 0; s < received.Length; s++)
            {
                received[s] += histories.Attention(node)![s];
            }
        }

        return received.Sum(amount => Math.Log(Math.Clamp(amount, Least, 1)));
    }
}
