namespace Sequor.Training.Reports.Charts;

/// <summary>One curve of a chart.</summary>
/// <param name="Name">The words beside the curve's end; empty for a curve that needs none.</param>
/// <param name="Points">Its points, X rising.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Which of the page's four colours it has, 1 to 4. Default 1.</summary>
    public int Colour { get; init; } = 1;

    /// <summary>Whether it stands back behind the others, as single measurements do behind their mean. Default false.</summary>
    public bool IsFaint { get; init; }

    /// <summary>Whether each point is marked, as for few measurements far apart. Default false.</summary>
    public bool HasMarkers { get; init; }
}
