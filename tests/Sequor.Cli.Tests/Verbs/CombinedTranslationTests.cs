using System.Globalization;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>The options of <c>translate</c> that put other models beside the first, and alternatives at a position.</summary>
public sealed class CombinedTranslationTests(ToyRun toy) : IClassFixture<ToyRun>
{
    private const string Text = "the dog sees the tree\n\nthe man hears the wind\n";

    [Theory]
    [InlineData("linear")]
    [InlineData("log-linear")]
    public void A_model_beside_itself_translates_as_it_does_alone(string mode)
    {
        string[] alone = Translate("--scores").Split('\n');
        string[] both = Translate("--scores", "--ensemble", toy.Model, toy.Model, "--ensemble-mode", mode, "--ensemble-weights", "1,2,0.5").Split('\n');
        Assert.Equal(alone.Select(line => line.Split(" ||| ")[0]), both.Select(line => line.Split(" ||| ")[0]));
        Assert.Equal(Score(alone[0]), Score(both[0]), 1e-5);
    }

    [Fact]
    public void A_language_model_has_a_say_by_its_weight()
    {
        string arpa = toy.File("translate.arpa");
        Called.With("lm", "train", "-i", toy.Target, "-o", arpa, "--order", "2", "--vocab", toy.Model).MustSucceed();
        Assert.Equal(Translate("--scores"), Translate("--scores", "--lm", arpa, "--lm-weight", "0"));
        Assert.NotEqual(Translate("--scores"), Translate("--scores", "--lm", arpa));
        Assert.Contains("is no language model", Called.On(Text, "translate", toy.Model, "--lm", toy.Model).MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shortlist_says_how_exact_it_was()
    {
        string shortlist = toy.File("pieces.shortlist");
        Called.With("align", "--source", toy.Source, "--target", toy.Target, "--vocab", toy.Model, "--shortlist", shortlist, "--output", toy.File("pieces")).MustSucceed();
        Called called = Called.On(Text, "translate", toy.Model, "--shortlist", shortlist, "--shortlist-report");
        Assert.Equal(Translate(), called.MustSucceed());
        Assert.Matches(@"Shortlist: \d+ pieces a line in the mean; of \d+ steps that were looked at the best piece of all was outside in \d+ \(\d+\.\d\d %\)\.", called.Errors);
    }

    [Fact]
    public void Alternatives_stand_behind_a_prefix_or_at_a_word_of_the_best_output()
    {
        string best = Translate().Split('\n')[0];
        string[] second = Called.On("the dog sees the tree\n", "translate", toy.Model, "--alternatives", "3", "--at", "2").MustSucceed().TrimEnd('\n').Split('\n');
        Assert.Equal(3, second.Length);
        Assert.Equal(best, second[0].Split(" ||| ")[3]);
        Assert.Equal(best.Split(' ')[1], second[0].Split(" ||| ")[1]);
        Assert.All(second, line => Assert.StartsWith(best.Split(' ')[0], line.Split(" ||| ")[3], StringComparison.Ordinal));

        string prefixes = toy.File("alternatives.prefix");
        File.WriteAllText(prefixes, best.Split(' ')[0] + "\n");
        Assert.Equal(second, Called.On("the dog sees the tree\n", "translate", toy.Model, "--alternatives", "3", "--prefix-file", prefixes).MustSucceed().TrimEnd('\n').Split('\n'));
        Assert.Contains("\"probability\":", Called.On("the dog\n", "translate", toy.Model, "--alternatives", "1", "--json").MustSucceed(), StringComparison.Ordinal);
        Assert.Contains(
            "minimum Bayes risk compares whole samples",
            Called.On("the dog\n", "translate", toy.Model, "--alternatives", "2", "--decode", "mbr").MustFail(1), StringComparison.Ordinal);
        foreach (string[] idle in (string[][])[["--nbest", "2"], ["--alignments"], ["--json", "--soft-alignments"], ["--attention-svg", "pictures"]])
            Assert.Contains($"{idle.First(word => word != "--json")} has no effect with --alternatives", Called.On(Text, ["translate", toy.Model, "--alternatives", "2", .. idle]).MustFail(2), StringComparison.Ordinal);
        Assert.Contains("--at has no effect without --alternatives", Called.On(Text, "translate", toy.Model, "--at", "2").MustFail(2), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_fit_are_named_all_at_once()
    {
        string faults = Called.On(Text, "translate", toy.Model, "--ensemble-mode", "both", "--ensemble-weights", "1,2", "--lm-weight", "1", "--shortlist-report").MustFail(2);
        Assert.Contains("--ensemble-mode is 'both', but must be linear or log-linear.", faults, StringComparison.Ordinal);
        Assert.Contains("--ensemble-weights has 2 numbers, but there are 1 models", faults, StringComparison.Ordinal);
        Assert.Contains("--lm-weight has no effect without --lm.", faults, StringComparison.Ordinal);
        Assert.Contains("--shortlist-report has no effect without --shortlist.", faults, StringComparison.Ordinal);
        Assert.Contains("There is no model directory", Called.On(Text, "translate", toy.Model, "--ensemble", "nowhere").MustFail(1), StringComparison.Ordinal);
    }

    private static double Score(string line) => double.Parse(line.Split(" ||| ")[1], CultureInfo.InvariantCulture);

    private string Translate(params string[] options) => Called.On(Text, ["translate", toy.Model, .. options]).MustSucceed();
}
