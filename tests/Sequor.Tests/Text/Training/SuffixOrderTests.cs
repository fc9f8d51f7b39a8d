using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

public sealed class SuffixOrderTests
{
    [Fact]
    public void Suffixes_of_banana_come_in_the_order_of_the_dictionary() =>
        Assert.Equal([5, 3, 1, 0, 4, 2], SuffixOrder.Of(new SegmentedText([new("banana", 1)]), depth: 8));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    [InlineData(4, 16)]
    [InlineData(5, 64)]
    public void Suffixes_are_sorted_up_to_the_depth_like_strings(int seed, int depth)
    {
        Random random = new(seed);
        CountedText[] segments =
        [
            .. Enumerable.Range(0, 60).Select(_ => new CountedText(
                string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)('a' + random.Next(2)))), 1)),
        ];
        SegmentedText text = new(segments);
        List<string> suffixes = [];
        foreach (CountedText segment in segments)
        {
            for (int start = 0; start < segment.Text.Length; start++)
                suffixes.Add(segment.Text[start..Math.Min(start + depth, segment.Text.Length)]);
        }

        int[] order = SuffixOrder.Of(text, depth);

        Assert.Equal(Enumerable.Range(0, text.Length), order.Order());
        Assert.Equal(suffixes.Order(StringComparer.Ordinal), order.Select(place => suffixes[place]));
    }

    [Fact]
    public void An_empty_text_has_no_suffixes() => Assert.Empty(SuffixOrder.Of(new SegmentedText([]), depth: 16));
}
