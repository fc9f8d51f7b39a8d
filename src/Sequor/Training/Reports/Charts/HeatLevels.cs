namespace Sequor.Training.Reports.Charts;

/// <summary>Sorts values into a few shades, as the eye tells apart no more.</summary>
internal static class HeatLevels
{
    /// <summary>The number of shades.</summary>
    public const int Count = 9;

    /// <summary>Picks the shade of a value.</summary>
    /// <param name="position">Where the value stands from 0, the faintest, to 1, the strongest; beyond them counts as at the end.</param>
    /// <returns>0 to 8; -1 where the position is not a number and nothing is to be drawn.</returns>
    public static int Of(double position) =>
        double.IsNaN(position) ? -1 : (int)Math.Clamp(Math.Floor(position * Count), 0, Count - 1);

    /// <summary>How much of the page a shade covers.</summary>
    /// <param name="level">The shade, 0 to 8.</param>
    /// <returns>0.04 to 1.</returns>
    public static double Opacity(int level) => 0.04 + (0.96 * level / (Count - 1));
}
