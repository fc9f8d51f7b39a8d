using Sequor.Alignments;

namespace Sequor.Tests.Alignments;

public class SymmetrizationTests
{
    // Source a b c d, target w x y z. Forward (target to source): w-a, x-b, y-b, z none. Reverse (source to target): a-w, b-x, c-z, d none.
    private static readonly int[] _forward = [0, 1, 1, -1];
    private static readonly int[] _reverse = [0, 1, 3, -1];

    [Theory]
    [InlineData("forward", "0-0 1-1 1-2")]
    [InlineData("reverse", "0-0 1-1 2-3")]
    [InlineData("intersection", "0-0 1-1")]
    [InlineData("union", "0-0 1-1 1-2 2-3")]
    // 1-2 stands beside 1-1 and target 2 is free; 2-3 stands beside 1-2, which was just added, and both its words are free.
    [InlineData("grow-diag", "0-0 1-1 1-2 2-3")]
    public void Links_are_joined_as_the_method_says(string method, string links) => Assert.Equal(links, Join(_forward, _reverse, method));

    // The intersection is 0-0. 3-3 of the forward links and 3-1 of the reverse ones stand beside nothing; 3-0 shares its target with 0-0.
    [Theory]
    [InlineData("intersection", "0-0")]
    [InlineData("grow-diag", "0-0")]
    // Forward first: 3-3 with both words free; then 3-1, whose target is free; 2-0, whose source is free.
    [InlineData("grow-diag-final", "0-0 2-0 3-1 3-3")]
    // 3-1 has its source taken by 3-3, and 2-0 its target by 0-0.
    [InlineData("grow-diag-final-and", "0-0 3-3")]
    [InlineData("union", "0-0 2-0 3-1 3-3")]
    public void The_last_step_adds_links_by_how_free_their_words_are(string method, string links) =>
        Assert.Equal(links, Join([0, -1, -1, 3], [0, -1, 0, 1], method));

    [Fact]
    public void An_unknown_method_and_a_link_beyond_the_sentence_are_refused()
    {
        Assert.Contains("grow-diag-final-and", Assert.Throws<ArgumentException>(() => Symmetrization.Parse("grow")).Message, StringComparison.Ordinal);
        Assert.Contains("4-0", Assert.Throws<ArgumentException>(() => Join([4], [0, -1], "union")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_method_lies_between_the_intersection_and_the_union()
    {
        (AlignmentCorpus corpus, _) = AlignmentSamples.Made(300, 40, 2);
        WordAligner aligner = WordAligner.Train(corpus, new AlignerOptions { Iterations = 1 }, stop: TestContext.Current.CancellationToken);
        HashSet<(int, int, int)>[] links = [.. Enum.GetValues<SymmetrizationMethod>().Select(method => Links(aligner, corpus, method))];
        (HashSet<(int, int, int)> intersection, HashSet<(int, int, int)> union) = (links[(int)SymmetrizationMethod.Intersection], links[(int)SymmetrizationMethod.Union]);

        Assert.All(links, own => Assert.True(own.IsSupersetOf(intersection) && own.IsSubsetOf(union)));
        Assert.True(links[(int)SymmetrizationMethod.GrowDiagonalFinal].IsProperSupersetOf(links[(int)SymmetrizationMethod.GrowDiagonal]));
        Assert.True(links[(int)SymmetrizationMethod.GrowDiagonalFinalAnd].IsSupersetOf(links[(int)SymmetrizationMethod.GrowDiagonal]));
    }

    private static string Join(int[] forward, int[] reverse, string method) =>
        string.Join(' ', Symmetrization.Join(forward, reverse, Symmetrization.Parse(method)).Select(link => $"{link.Source}-{link.Target}"));

    private static HashSet<(int, int, int)> Links(WordAligner aligner, AlignmentCorpus corpus, SymmetrizationMethod method) =>
        [.. aligner.AlignAll(corpus, method, TestContext.Current.CancellationToken).SelectMany((pair, number) => pair.Links.Select(link => (number, link.Source, link.Target)))];
}
