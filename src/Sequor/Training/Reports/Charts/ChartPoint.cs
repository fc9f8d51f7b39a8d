namespace Sequor.Training.Reports.Charts;

/// <summary>One measured point of a curve.</summary>
/// <param name="X">Where, finite; rises along a curve.</param>
/// <param name="Y">What was measured; a value that is not finite leaves a gap in the curve.</param>
internal readonly record struct ChartPoint(double X, double Y)
{
    /// <summary>Whether the point can be drawn.</summary>
    public bool IsDrawable => double.IsFinite(X) && double.IsFinite(Y);
}
