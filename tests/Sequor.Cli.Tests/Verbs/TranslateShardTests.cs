namespace Sequor.Cli.Tests.Verbs;

/// <summary>Shares of a large file: all of them together are the whole.</summary>
public sealed class TranslateShardTests(ToyRun toy) : IClassFixture<ToyRun>
{
    private readonly string[] _lines =
        ["the dog sees the tree", "the cat sees the garden", "", "the tree sees the cat", "the garden sees the dog", "the cat sees the dog", "the dog sees the cat"];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(9)]
    public void The_outputs_of_all_shares_are_the_output_of_the_whole(int parts)
    {
        string input = Write("shares.en", _lines);
        string prefixes = Write("shares.prefix", [.. _lines.Select((_, i) => i == 4 ? "der" : "")]);
        string[] arguments = ["translate", toy.Model, "-i", input, "--prefix-file", prefixes, "--sample", "--seed", "5", "--json"];
        string whole = Called.With(arguments).MustSucceed();
        Called[] shares = [.. Enumerable.Range(1, parts).Select(part => Called.With([.. arguments, "--shard", $"{part}/{parts}"]))];

        Assert.Equal(_lines.Length, whole.Split('\n').Length - 1);
        Assert.Equal(whole, string.Concat(shares.Select(share => share.MustSucceed())));
        Assert.All(shares, share => Assert.Equal("", share.Errors));
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1")]
    [InlineData("a/b")]
    public void Another_share_is_refused(string share) => Assert.Contains(
        $"--shard is '{share}', but must be K/N with K from 1 to N", Called.With("translate", toy.Model, "-i", Write("some.en", _lines), "--shard", share).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void Standard_input_cannot_be_shared() =>
        Assert.Contains("--shard needs --input FILE", Called.On("a\n", "translate", toy.Model, "--shard", "1/2").MustFail(2), StringComparison.Ordinal);

    private string Write(string name, string[] lines)
    {
        File.WriteAllText(toy.File(name), string.Concat(lines.Select(line => line + "\n")));
        return toy.File(name);
    }
}
