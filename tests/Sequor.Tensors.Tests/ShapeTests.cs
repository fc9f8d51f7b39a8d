namespace Sequor.Tensors.Tests;

/// <summary>Shapes count what they hold and refuse what they cannot.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void A_shape_counts_elements_rows_and_width()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal((3, 24L, 6, 4), (shape.Rank, shape.Count, shape.Rows, shape.Width));
        Assert.Equal("[2, 3, 4]", shape.ToString());
        Assert.Equal([2, 3, 4], (int[])[.. shape]);
    }

    [Fact]
    public void A_single_number_has_no_sizes_and_one_element()
    {
        Shape single = [];
        Assert.Equal((0, 1L, 1, 1), (single.Rank, single.Count, single.Rows, single.Width));
        Assert.Equal("[]", single.ToString());
    }

    [Fact]
    public void A_size_of_zero_leaves_no_elements()
    {
        Assert.Equal((0L, 0, 3), (new Shape([0, 3]).Count, new Shape([0, 3]).Rows, new Shape([0, 3]).Width));
        Assert.Equal((0L, 0, 0), (new Shape([3, 0]).Count, new Shape([3, 0]).Rows, new Shape([3, 0]).Width));
    }

    [Fact]
    public void Shapes_are_equal_when_all_sizes_are()
    {
        Assert.True(new Shape([2, 3]) == [2, 3]);
        Assert.True(new Shape([2, 3]) != [3, 2]);
        Assert.False(new Shape([1, 6]).Equals([6]));
        Assert.Equal(new Shape([2, 3]).GetHashCode(), new Shape([2, 3]).GetHashCode());
    }

    [Fact]
    public void The_last_size_can_be_replaced_where_there_is_one()
    {
        Assert.Equal([2, 7], new Shape([2, 3]).WithWidth(7));
        Assert.Throws<InvalidOperationException>(() => new Shape([]).WithWidth(7));
    }

    [Fact]
    public void Five_sizes_or_a_negative_one_are_refused()
    {
        Assert.Equal("A shape has at most 4 sizes, but 5 were given. Fold the outer ones into one.", Assert.Throws<ShapeException>(() => new Shape([1, 1, 1, 1, 1])).Message);
        Assert.Equal("A size must be 0 or more, but -2 was given.", Assert.Throws<ShapeException>(() => new Shape([3, -2])).Message);
    }

    [Fact]
    public void A_size_that_is_not_there_and_a_count_beyond_all_numbers_are_named()
    {
        Shape two = [2, 3];
        Assert.Contains("[2, 3] has 2 sizes", Assert.Throws<ArgumentOutOfRangeException>(() => two[2]).Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => new Shape([int.MaxValue, int.MaxValue, int.MaxValue]).Count);
    }
}
