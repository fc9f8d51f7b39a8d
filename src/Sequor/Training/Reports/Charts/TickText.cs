using Sequor.Training.Logs;

namespace Sequor.Training.Reports.Charts;

/// <summary>Writes the numbers beside an axis: with the same digits after the point where their steps are equal.</summary>
internal static class TickText
{
    /// <summary>Writes the ticks of one axis.</summary>
    /// <param name="ticks">The ticks, rising.</param>
    /// <returns>A text per tick.</returns>
    public static string[] Write(ReadOnlySpan<double> ticks)
    {
        string[] texts = new string[ticks.Length];
        int decimals = Decimals(ticks);
        for (int i = 0; i < ticks.Length; i++)
        {
            texts[i] = ticks[i] == 0 ? "0"
                : decimals > 5 ? LogText.Significant(ticks[i], 1)
                : decimals > 0 ? LogText.Fixed(ticks[i], decimals)
                : LogText.Count(ticks[i]);
        }

        return texts;
    }

    /// <summary>Writes the ticks of an axis of equal factors, each with as few digits as it needs.</summary>
    /// <param name="ticks">The ticks, rising.</param>
    /// <returns>A text per tick.</returns>
    public static string[] WriteEach(ReadOnlySpan<double> ticks)
    {
        string[] texts = new string[ticks.Length];
        for (int i = 0; i < ticks.Length; i++)
        {
            texts[i] = Write(ticks.Slice(i, 1))[0];
        }

        return texts;
    }

    private static int Decimals(ReadOnlySpan<double> ticks)
    {
        for (int decimals = 0; decimals <= 5; decimals++)
        {
            if (AllWhole(ticks, Math.Pow(10, decimals)))
            {
                return decimals;
            }
        }

        return 6;
    }

    private static bool AllWhole(ReadOnlySpan<double> ticks, double scale)
    {
        foreach (double tick in ticks)
        {
            double scaled = tick * scale;
            if (Math.Abs(scaled - Math.Round(scaled)) > 1e-9 * Math.Abs(scaled))
            {
                return false;
            }
        }

        return true;
    }
}
