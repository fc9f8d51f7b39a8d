using Sequor.Text.Training;

namespace Sequor.Tests.Text.Training;

public sealed class VocabularySizingTests
{
    [Theory]
    [InlineData(0, 2_000)]
    [InlineData(9_999, 2_000)]
    [InlineData(10_000, 4_000)]
    [InlineData(29_999, 4_000)]
    [InlineData(30_000, 8_000)]
    [InlineData(299_999, 8_000)]
    [InlineData(300_000, 16_000)]
    [InlineData(999_999, 16_000)]
    [InlineData(1_000_000, 32_000)]
    [InlineData(5_000_000_000, 32_000)]
    public void More_pairs_get_more_pieces(long pairs, int size) => Assert.Equal(size, VocabularySizing.Choose(pairs));

    [Fact]
    public void Separate_vocabularies_share_the_size() => Assert.Equal(4_000, VocabularySizing.Choose(165_000, joint: false));

    [Fact]
    public void A_negative_number_of_pairs_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VocabularySizing.Choose(-1));
}
