using System.Globalization;
using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

public sealed class RescoreVerbTests(ToyRun toy) : IClassFixture<ToyRun>
{
    private const string Text = "the dog sees the tree\nthe man hears the wind\nthe bird paints the man\n";

    [Fact]
    public void N_best_scores_of_translate_are_those_of_rescore()
    {
        string list = Called.On(Text, "translate", toy.Model, "--nbest", "4").MustSucceed();
        string[] lines = Lines(Called.With("rescore", toy.Model, "--source", Write("n.en", Text), "--nbest", Write("n.list", list)).MustSucceed());

        Assert.Equal(12, lines.Length);
        foreach ((string before, string after) in Lines(list).Zip(lines))
        {
            string[] given = before.Split(" ||| ");
            string[] rescored = after.Split(" ||| ");
            Assert.Equal(given[..2], rescored[..2]);
            Assert.Matches(@"^model= -\d+\.\d{6} length= \d+\.000000 normalized= -\d+\.\d{6}$", rescored[2]);
            Assert.Equal(given[2], rescored[3]);
        }
    }

    [Fact]
    public void Pairs_of_one_file_and_of_two_and_json_say_the_same()
    {
        string translations = Called.On(Text, "translate", toy.Model).MustSucceed();
        string pairs = string.Concat(Lines(Text).Zip(Lines(translations), (source, target) => $"{source}\t{target}\n"));
        string plain = Called.On(pairs, "rescore", toy.Model).MustSucceed();
        Assert.Equal(plain, Called.With("rescore", toy.Model, "--src", Write("p.en", Text), "--tgt", Write("p.de", translations)).MustSucceed());
        Assert.Equal(plain, Called.On(pairs, "rescore", toy.Model, "--max-tokens", "1").MustSucceed());

        JsonElement[] objects = [.. Lines(Called.On(pairs, "rescore", toy.Model, "--tokens").MustSucceed()).Select(line => JsonDocument.Parse(line).RootElement)];
        foreach ((string line, JsonElement one) in Lines(plain).Zip(objects))
        {
            Assert.Equal(line, string.Create(CultureInfo.InvariantCulture, $"{one.GetProperty("log_prob").GetDouble():F6}\t{one.GetProperty("score").GetDouble():F6}"));
            Assert.Equal(one.GetProperty("tokens").GetArrayLength(), one.GetProperty("token_log_probs").GetArrayLength());
            double sum = one.GetProperty("token_log_probs").EnumerateArray().Sum(token => token.GetDouble()) + one.GetProperty("end_log_prob").GetDouble();
            Assert.Equal(one.GetProperty("log_prob").GetDouble(), sum, 1e-5);
        }
    }

    [Fact]
    public void Language_model_and_lexicon_become_features_and_weights_rank_lists_anew()
    {
        string arpa = toy.File("rescore.arpa");
        Called.With("lm", "train", "-i", toy.Target, "-o", arpa, "--order", "2", "--vocab", toy.Model).MustSucceed();
        string lexicon = toy.File("rescore.lexicon");
        Called.With("align", "--source", toy.Source, "--target", toy.Target, "--lexicon", lexicon, "--output", toy.File("links")).MustSucceed();
        string source = Write("f.en", Text);
        string list = Write("f.list", Called.On(Text, "translate", toy.Model, "--nbest", "4").MustSucceed());

        string[] lines = Lines(Called.With(
            "rescore", toy.Model, "--source", source, "--nbest", list, "--lm", arpa, "--lexicon", lexicon, "--weights", "length=-1,score=0.001").MustSucceed());
        Assert.Equal(12, lines.Length);
        Assert.All(lines, line => Assert.Matches(@" \|\|\| model= \S+ length= \S+ normalized= \S+ lm= -\S+ lexicon= \S+ \|\|\| ", line));
        foreach (IGrouping<string, string> group in lines.GroupBy(line => line.Split(" ||| ")[0]))
        {
            double[] scores = [.. group.Select(line => double.Parse(line.Split(" ||| ")[3], CultureInfo.InvariantCulture))];
            Assert.Equal(scores.OrderDescending(), scores);
            Assert.All(group, line => Assert.Equal(
                -double.Parse(line.Split("length= ")[1].Split(' ')[0], CultureInfo.InvariantCulture), double.Parse(line.Split(" ||| ")[3], CultureInfo.InvariantCulture), 0.05));
        }

        // What was added can be read again; features of others stay.
        string again = Write("again.list", "1 ||| der Mann ||| dense= 1 2 d= 3 ||| -5 ||| 0-0\n");
        Assert.StartsWith(
            "1 ||| der Mann ||| dense= 1 2 d= 3 model= -", Called.With("rescore", toy.Model, "--source", source, "--nbest", again).MustSucceed(), StringComparison.Ordinal);
        string weighed = Called.With("rescore", toy.Model, "--source", source, "--nbest", again, "--weights", "dense.2=2,d=1,score=1").MustSucceed();
        Assert.EndsWith(" ||| 2.000000 ||| 0-0\n", weighed, StringComparison.Ordinal);
        Assert.Contains(
            "has no feature 'lm', which --weights names; it has d, dense.1, dense.2, length, model, normalized, score",
            Called.With("rescore", toy.Model, "--source", source, "--nbest", again, "--weights", "lm=1").MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_input_is_named_by_line_and_wrong_options_all_at_once()
    {
        string source = Write("w.en", Text);
        Assert.Contains("Line 1 of standard input is no pair", Called.On("no tab\n", "rescore", toy.Model).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("ends after 1 lines", Called.With("rescore", toy.Model, "-s", source, "-t", Write("w.de", "der\n")).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("has 3 lines", Called.With("rescore", toy.Model, "-s", source, "--nbest", Write("w.list", "3 ||| der ||| 0\n")).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("is not of an n-best list", Called.With("rescore", toy.Model, "-s", source, "--nbest", Write("w.list", "der\n")).MustFail(1), StringComparison.Ordinal);
        string faults = Called.With("rescore", toy.Model, "--nbest", "-", "--target", "x").MustFail(2);
        Assert.Contains("name their file with --source", faults, StringComparison.Ordinal);
        Assert.Contains("--nbest and --target both give outputs", faults, StringComparison.Ordinal);
        Assert.Contains("--weights ranks n-best lists", Called.On("", "rescore", toy.Model, "--weights", "model=1").MustFail(2), StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    private string Write(string name, string text)
    {
        string path = toy.File(name);
        File.WriteAllText(path, text);
        return path;
    }
}
