using System.Text;
using Sequor.Training.Reports.Charts;

namespace Sequor.Tests.Training.Reports.Charts;

public class DrawingTests
{
    [Fact]
    public void A_line_is_parted_at_a_gap_and_a_point_alone_is_a_dot()
    {
        Assert.Equal("M0 1L2 3.5", SvgPath.Line([new(0, 1), new(2, 3.46)]));
        Assert.Equal("M0 1L1 1M3 1L4 1", SvgPath.Line([new(0, 1), new(1, 1), new(2, double.NaN), new(3, 1), new(4, 1)]));
        Assert.Equal("M0 1h0M2 1h0", SvgPath.Line([new(0, 1), new(1, double.NaN), new(2, 1)]));
        Assert.Equal("", SvgPath.Line([]));
        Assert.Equal("", SvgPath.Line([new(0, double.PositiveInfinity)]));
    }

    [Fact]
    public void Rectangles_side_by_side_meet_at_the_same_rounded_edge()
    {
        StringBuilder path = new();
        SvgPath.Rectangle(path, 0, 0, 1.04, 2);
        SvgPath.Rectangle(path, 1.04, 0, 1.04, 2);

        Assert.Equal("M0 0h1v2h-1zM1 0h1.1v2h-1.1z", path.ToString());
    }

    [Fact]
    public void Labels_that_have_room_stay_where_they_are() =>
        Assert.Equal([10, 50, 30], LabelPlacement.Spread([10, 50, 30], distance: 15, low: 0, high: 100));

    [Fact]
    public void Labels_too_close_together_are_moved_apart_in_their_order()
    {
        double[] places = LabelPlacement.Spread([97, 95, 96], distance: 15, low: 0, high: 100);

        Assert.Equal([97, 67, 82], places);
    }

    [Fact]
    public void Labels_never_leave_at_the_upper_end_and_keep_their_distance()
    {
        double[] places = LabelPlacement.Spread([1, 2, 3, 90], distance: 15, low: 0, high: 100);

        Assert.Equal([0, 15, 30, 90], places);
    }

    [Fact]
    public void Nine_shades_cover_the_range_and_no_number_has_none()
    {
        Assert.Equal([0, 0, 4, 8, 8, 8], new[] { -1, 0, 0.5, 0.95, 1, 7 }.Select(HeatLevels.Of));
        Assert.Equal(-1, HeatLevels.Of(double.NaN));
        Assert.Equal((0.04, 1), (HeatLevels.Opacity(0), HeatLevels.Opacity(8)));
    }

    [Theory]
    [InlineData("Bahnhof", 7)]
    [InlineData("水を", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("🙂", 2)]
    [InlineData("", 0)]
    public void Width_is_counted_in_columns_of_code_points(string text, int columns) => Assert.Equal(columns, TokenText.Columns(text));

    [Fact]
    public void A_wide_token_is_shortened_between_code_points()
    {
        Assert.Equal("Donaudampfschiff", TokenText.Shorten("Donaudampfschiff", 16));
        Assert.Equal("Donaudampfschi…", TokenText.Shorten("Donaudampfschiff", 15));
        Assert.Equal("🙂🙂…", TokenText.Shorten("🙂🙂🙂🙂", 6));
    }
}
