using Sequor.Decoding.Benchmarks;

namespace Sequor.Tests.Decoding.Benchmarks;

/// <summary>Sources as long as real ones would be.</summary>
public sealed class RandomSourcesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData(" \t ", 0)]
    [InlineData("A dog runs.", 4)]
    [InlineData("eightlet", 1)]
    [InlineData("nineletters, that is", 5)]
    [InlineData("Straße – 日本", 3)]
    public void A_piece_is_eight_characters_of_a_word_or_one_other_sign(string line, int pieces) =>
        Assert.Equal(pieces, RandomSources.PiecesOf(line));

    [Fact]
    public void The_same_seed_draws_the_same_pieces_and_no_signs()
    {
        string[] lines = ["A dog runs.", "", "one"];
        int[][] drawn = RandomSources.Draw(lines, 6, seed: 3);

        Assert.Equal([5, 1, 2], drawn.Select(source => source.Length));
        Assert.All(drawn, source => Assert.Equal(2, source[^1]));
        Assert.All(drawn, source => Assert.All(source[..^1], id => Assert.InRange(id, 4, 5)));
        Assert.Equal(drawn, RandomSources.Draw(lines, 6, seed: 3));
        Assert.NotEqual(RandomSources.Draw(lines, 6000, seed: 3), RandomSources.Draw(lines, 6000, seed: 4));
    }

    [Fact]
    public void Some_sentences_are_spread_over_all_lengths()
    {
        int[][] sentences = [.. Enumerable.Range(1, 10).Reverse().Select(length => new int[length])];

        Assert.Equal([2, 4, 6, 8, 10], RandomSources.Spread(sentences, 5).Select(sentence => sentence.Length));
        Assert.Equal([6], RandomSources.Spread(sentences, 1).Select(sentence => sentence.Length));
        Assert.Same(sentences, RandomSources.Spread(sentences, 10));
    }

    [Fact]
    public void Percentiles_lie_between_neighbours()
    {
        Percentiles numbers = new([40, 10, 30, 20]);

        Assert.Equal((10, 25, 40), (numbers.At(0), numbers.Median, numbers.At(1)));
        Assert.Equal(38.5, numbers.At(0.95), 9);
        Assert.Equal(0, new Percentiles([]).Median);
        Assert.Throws<ArgumentOutOfRangeException>(() => numbers.At(1.1));
    }
}
