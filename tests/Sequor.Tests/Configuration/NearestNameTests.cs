using Sequor.Configuration;

namespace Sequor.Tests.Configuration;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("beam", "beam", 0)]
    [InlineData("baem", "beam", 1)]
    [InlineData("bea", "beam", 1)]
    [InlineData("bream", "beam", 1)]
    [InlineData("bean", "beam", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void The_distance_counts_insertions_deletions_replacements_and_swaps(string left, string right, int edits)
    {
        Assert.Equal(edits, NearestName.Distance(left, right));
        Assert.Equal(edits, NearestName.Distance(right, left));
    }

    [Fact]
    public void What_is_too_far_from_every_name_has_no_nearest()
    {
        Assert.Equal("heads", NearestName.Find("hedas", ["width", "heads"]));
        Assert.Null(NearestName.Find("colour", ["width", "heads"]));
        Assert.Null(NearestName.Find("colour", []));
    }
}
