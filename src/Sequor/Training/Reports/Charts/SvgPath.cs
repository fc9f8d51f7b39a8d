using System.Globalization;
using System.Text;

namespace Sequor.Training.Reports.Charts;

/// <summary>Writes a curve as the path language of SVG.</summary>
internal static class SvgPath
{
    /// <summary>Joins the points by lines; a point that is not finite parts the line in two.</summary>
    /// <param name="points">The points in the picture's coordinates.</param>
    /// <returns>The path; empty where no point can be drawn. A point alone becomes a dot.</returns>
    public static string Line(IEnumerable<ChartPoint> points)
    {
        StringBuilder path = new();
        int run = 0;
        foreach (ChartPoint point in points)
        {
            if (point.IsDrawable)
            {
                path.Append(run++ == 0 ? 'M' : 'L').Append(Pair(point));
            }
            else
            {
                EndRun(path, run);
                run = 0;
            }
        }

        EndRun(path, run);
        return path.ToString();
    }

    /// <summary>Adds a filled rectangle to a path.</summary>
    /// <param name="path">The path so far.</param>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    public static void Rectangle(StringBuilder path, double x, double y, double width, double height)
    {
        // Edges are rounded, not sizes: rectangles side by side must not leave a line between them.
        double roundedWidth = Math.Round(x + width, 1) - Math.Round(x, 1);
        path.Append(CultureInfo.InvariantCulture, $"M{Short(x)} {Short(y)}h{Short(roundedWidth)}v{Short(height)}h{Short(-roundedWidth)}z");
    }

    // With round ends, a line that goes nowhere is drawn as a dot.
    private static void EndRun(StringBuilder path, int run)
    {
        if (run == 1)
        {
            path.Append("h0");
        }
    }

    private static string Pair(ChartPoint point) => Short(point.X) + " " + Short(point.Y);

    private static string Short(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);
}
