using Sequor.Training.Reports.Charts;

namespace Sequor.Tests.Training.Reports.Charts;

public class DownsamplingTests
{
    [Fact]
    public void A_short_curve_stays_as_it_is()
    {
        ChartPoint[] points = Curve(500, i => i);

        Assert.Same(points, Downsampling.KeepExtremes(points));
    }

    [Theory]
    [InlineData(501)]
    [InlineData(1000)]
    [InlineData(12_345)]
    [InlineData(100_000)]
    public void A_long_curve_keeps_its_ends_its_peak_its_dip_and_its_order(int length)
    {
        ChartPoint[] points = Curve(length, i => Math.Sin(i * 12.9898) + (i == length / 3 ? 50 : 0) - (i == length / 2 ? 40 : 0));

        IReadOnlyList<ChartPoint> kept = Downsampling.KeepExtremes(points);

        Assert.InRange(kept.Count, 250, 500);
        Assert.Equal((points[0], points[^1]), (kept[0], kept[^1]));
        Assert.Contains(points[length / 3], kept);
        Assert.Contains(points[length / 2], kept);
        Assert.Equal(kept.OrderBy(point => point.X).Distinct(), kept);
        Assert.Subset(points.ToHashSet(), kept.ToHashSet());
    }

    [Fact]
    public void A_gap_stays_a_gap_between_the_points_around_it()
    {
        ChartPoint[] points = Curve(10_000, i => i is > 4000 and < 4100 ? double.NaN : i);

        IReadOnlyList<ChartPoint> kept = Downsampling.KeepExtremes(points);

        Assert.InRange(kept.Count, 250, 500);
        int gap = kept.ToList().FindIndex(point => double.IsNaN(point.Y));
        Assert.InRange(kept[gap].X, 4001, 4099);
        Assert.True(kept[gap - 1].X <= 4000);
    }

    [Fact]
    public void A_curve_that_is_all_gaps_has_no_point_to_draw() =>
        Assert.DoesNotContain(Downsampling.KeepExtremes(Curve(5000, _ => double.NaN)), point => point.IsDrawable);

    [Fact]
    public void Fewer_than_five_points_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Downsampling.KeepExtremes([], maxPoints: 4));

    [Fact]
    public void A_running_mean_leaves_a_straight_rise_straight_but_for_its_end()
    {
        ChartPoint[] points = Curve(20, i => i);

        ChartPoint[] means = RunningMean.Over(points, reach: 3);

        Assert.Equal(points[..17], means[..17]);
        Assert.Equal(17.5, means[19].Y);
    }

    [Fact]
    public void A_running_mean_counts_no_gap_and_fills_none()
    {
        ChartPoint[] means = RunningMean.Over([new(0, 1), new(1, 2), new(2, double.NaN), new(3, 6), new(4, 8)], reach: 1);

        Assert.Equal([1, 1.5, double.NaN, 7, 7], means.Select(point => point.Y));
    }

    [Fact]
    public void A_reach_of_zero_changes_nothing()
    {
        ChartPoint[] points = Curve(5, i => i * i);

        Assert.Equal(points, RunningMean.Over(points, reach: 0));
    }

    private static ChartPoint[] Curve(int length, Func<int, double> value) =>
        [.. Enumerable.Range(0, length).Select(i => new ChartPoint(i, value(i)))];
}
