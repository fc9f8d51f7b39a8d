using System.Globalization;

namespace Sequor.Decoding;

/// <summary>Which source piece each written piece looked at.</summary>
public static class Alignment
{
    /// <summary>For each written piece the source piece it looked at most; of equals, the first. The source's end sign is never chosen.</summary>
    /// <param name="hypothesis">An output with recorded attention.</param>
    public static int[] Hard(Hypothesis hypothesis)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        return [.. hypothesis.Attention.Select(row =>
        {
            int best = 0;
            for (int s = 1; s < row.Length - 1; s++)
            {
                best = row[s] > row[best] ? s : best;
            }

            return best;
        })];
    }

    /// <summary>The alignment as <c>source-target</c> pairs such as <c>0-0 1-2</c> (the Pharaoh format), by target piece.</summary>
    /// <param name="hypothesis">An output with recorded attention.</param>
    public static string Pharaoh(Hypothesis hypothesis) => string.Join(
        ' ', Hard(hypothesis).Select((source, target) => string.Create(CultureInfo.InvariantCulture, $"{source}-{target}")));
}
