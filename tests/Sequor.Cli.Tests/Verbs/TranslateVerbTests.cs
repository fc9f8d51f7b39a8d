using System.Text.Json;
using System.Xml.Linq;

namespace Sequor.Cli.Tests.Verbs;

public sealed class TranslateVerbTests(ToyRun toy) : IClassFixture<ToyRun>
{
    private const string Text = "the dog sees the tree\n\nthe man hears the wind\n";

    [Fact]
    public void More_outputs_than_hypotheses_are_refused_by_the_names_of_the_options() => Assert.Contains(
        "--nbest: a beam of 4 holds no 8 hypotheses; --nbest must not be above --beam.",
        Translate(Text, "--nbest", "8", "--beam", "4").MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void Every_line_gets_a_line_and_an_empty_one_an_empty_one()
    {
        string[] lines = Translate(Text).MustSucceed().Split('\n');

        Assert.Equal(4, lines.Length);
        Assert.StartsWith("der ", lines[0], StringComparison.Ordinal);
        Assert.Equal("", lines[1]);
        Assert.StartsWith("der ", lines[2], StringComparison.Ordinal);
        Assert.Equal("", lines[3]);
    }

    [Theory]
    [InlineData("\uFEFFthe dog sees the tree\r\n\r\nthe man hears the wind\r\n")]
    [InlineData("the dog sees the tree\n\nthe man hears the wind")]
    public void Line_ends_and_a_byte_order_mark_change_nothing(string text) =>
        Assert.Equal(Translate(Text).MustSucceed(), Translate(text).MustSucceed());

    [Fact]
    public void A_lexical_table_goes_with_the_replacement_of_unknown_pieces_only_and_must_be_one()
    {
        string table = toy.File("table");
        Called.On("Hund ||| dog\n", "align", "--lexicon", table, "--output", toy.File("links")).MustSucceed();

        Assert.Equal(Translate(Text).MustSucceed(), Translate(Text, "--replace-unknown", "--lexicon", table).MustSucceed());
        Assert.Contains("--lexicon has no effect without --replace-unknown.", Translate(Text, "--lexicon", table).MustFail(2), StringComparison.Ordinal);
        Assert.Contains("There is no file", Translate(Text, "--replace-unknown", "--lexicon", toy.File("none")).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("is no lexical table", Translate(Text, "--replace-unknown", "--lexicon", toy.File("links")).MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void What_each_line_looked_at_is_drawn_with_its_pieces()
    {
        string directory = toy.File("pictures");
        Assert.Equal(Translate(Text).MustSucceed(), Translate(Text, "--attention-svg", directory).MustSucceed());

        Assert.Equal(["000001.svg", "000003.svg"], Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        XElement svg = XDocument.Load(Path.Combine(directory, "000003.svg")).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(ns + "svg", svg.Name);
        Assert.Equal("the man hears the wind", svg.Element(ns + "title")!.Value);
        Assert.StartsWith("Each target token and the source token it looks at most: ", svg.Element(ns + "desc")!.Value, StringComparison.Ordinal);
        string[] labels = [.. svg.Elements(ns + "text").Select(one => one.Value)];
        Assert.Contains("</s>", labels);
        Assert.Equal("the man hears the wind", string.Concat(labels.TakeWhile(label => label != "</s>")).Replace("▁", " ", StringComparison.Ordinal).Replace("␣", " ", StringComparison.Ordinal).Trim());
    }

    [Fact]
    public void Nothing_gives_nothing() => Assert.Equal("", Translate("").MustSucceed());

    [Fact]
    public void An_alias_is_the_same_verb() =>
        Assert.Equal(Translate(Text).MustSucceed(), Called.On(Text, "generate", toy.Model).MustSucceed());

    [Fact]
    public void A_beam_of_one_is_greedy() =>
        Assert.Equal(Translate(Text, "--greedy", "--scores").MustSucceed(), Translate(Text, "--beam-size", "1", "--scores").MustSucceed());

    [Fact]
    public void Batches_change_no_output() =>
        Assert.Equal(Translate(Text, "--json").MustSucceed(), Translate(Text, "--json", "--max-tokens", "1").MustSucceed());

    [Fact]
    public void N_best_lists_are_those_of_moses()
    {
        string[] lines = Translate(Text, "--nbest", "3", "--alignments").MustSucceed().TrimEnd('\n').Split('\n');

        Assert.Equal(["0", "0", "0", "1", "2", "2", "2"], lines.Select(line => line[..1]));
        Assert.All(lines.Where(line => line[0] != '1'), line => Assert.Matches(@"^\d \|\|\| [^|]*\|\|\| -\d+\.\d{6} \|\|\| (\d+-\d+ ?)*$", line));
        Assert.Equal("1 |||  ||| 0.000000 ||| ", lines[3]);
        double[] scores = [.. lines[..3].Select(line => double.Parse(line.Split(" ||| ")[2], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public void An_empty_line_has_as_many_fields_as_the_others() =>
        Assert.All(Translate(Text, "--scores", "--alignments").MustSucceed().TrimEnd('\n').Split('\n'), line => Assert.Equal(3, line.Split(" ||| ").Length));

    [Theory]
    [InlineData("--beam", "4", "--beam-groups", "2")]
    [InlineData("--sample")]
    [InlineData("--decode", "mbr", "--samples", "6")]
    public void Alignments_and_attention_are_told_of_every_hypothesis(params string[] search)
    {
        JsonElement output = JsonDocument.Parse(Translate("the dog sees the tree\n", [.. search, "--nbest", "2", "--json", "--alignments", "--soft-alignments"]).MustSucceed()).RootElement;

        Assert.Equal(output.GetProperty("alignment").GetString(), output.GetProperty("hypotheses")[0].GetProperty("alignment").GetString());
        Assert.All(output.GetProperty("hypotheses").EnumerateArray(), one => Assert.Equal(
            one.GetProperty("alignment").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, one.GetProperty("attention").GetArrayLength()));
    }

    [Fact]
    public void Soft_alignments_are_a_row_of_shares_for_each_token()
    {
        JsonElement output = JsonDocument.Parse(Translate("the dog sees the tree\n", "--json", "--soft-alignments").MustSucceed()).RootElement;

        Assert.Equal(output.GetProperty("tokens").GetArrayLength(), output.GetProperty("attention").GetArrayLength());
        Assert.All(
            output.GetProperty("attention").EnumerateArray(),
            row => Assert.Equal(1, row.EnumerateArray().Sum(share => share.GetDouble()), 1e-4));
        Assert.Equal(2, Translate(Text, "--soft-alignments").Code);
    }

    [Fact]
    public void Json_holds_what_the_contract_names()
    {
        JsonElement[] lines = [.. Translate(Text, "--json", "--nbest", "2").MustSucceed().TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal(
            ["index", "source", "text", "score", "tokens", "token_log_probs", "log_prob", "hypotheses", "alignment", "stopped_by"],
            lines[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal([0, 1, 2], lines.Select(line => line.GetProperty("index").GetInt32()));
        Assert.Equal("the man hears the wind", lines[2].GetProperty("source").GetString());
        Assert.Equal(lines[0].GetProperty("tokens").GetArrayLength(), lines[0].GetProperty("token_log_probs").GetArrayLength());
        Assert.Equal(2, lines[0].GetProperty("hypotheses").GetArrayLength());
        Assert.Equal(lines[0].GetProperty("text").GetString(), lines[0].GetProperty("hypotheses")[0].GetProperty("text").GetString());
        Assert.Equal("eos", lines[0].GetProperty("stopped_by").GetString());
        Assert.Equal("", lines[1].GetProperty("text").GetString());
        Assert.Equal(0, lines[1].GetProperty("hypotheses").GetArrayLength());
    }

    [Fact]
    public void The_longest_output_is_limited_and_says_so()
    {
        JsonElement output = JsonDocument.Parse(Translate("the dog sees the tree\n", "--json", "--max-length", "1").MustSucceed()).RootElement;

        Assert.Equal(1, output.GetProperty("tokens").GetArrayLength());
        Assert.Equal("max_length", output.GetProperty("stopped_by").GetString());
    }

    [Fact]
    public void An_output_begins_with_its_prefix()
    {
        string prefixes = Write("prefixes", "den Baum\n\n\n");
        string[] lines = Translate(Text, "--prefix-file", prefixes).MustSucceed().Split('\n');

        Assert.StartsWith("den Baum", lines[0], StringComparison.Ordinal);
        Assert.Equal(Translate(Text).MustSucceed().Split('\n')[2], lines[2]);
    }

    [Fact]
    public void Too_few_prefixes_are_counted() => Assert.Contains(
        "has 1 lines, but standard input has 3 or more. It must have one prefix for each line.",
        Called.On(Text, "translate", toy.Model, "--prefix-file", Write("few", "den\n")).Errors, StringComparison.Ordinal);

    [Fact]
    public void Samples_follow_from_the_seed()
    {
        string text = string.Concat(Enumerable.Repeat(Text, 4));
        string one = Translate(text, "--sample", "--seed", "5", "--temperature", "2").MustSucceed();

        Assert.Equal(one, Translate(text, "--sample", "--seed", "5", "--temperature", "2").MustSucceed());
        Assert.NotEqual(one, Translate(text, "--sample", "--seed", "6", "--temperature", "2").MustSucceed());
    }

    [Theory]
    [InlineData("--temperature has no effect without --sample.", "--temperature", "0.5")]
    [InlineData("--diversity has no effect without --beam-groups.", "--diversity", "0.5")]
    [InlineData("--ensemble-mode has no effect without --ensemble.", "--ensemble-mode", "linear")]
    [InlineData("--length-penalty has an effect on beams only, and outputs are drawn (sample); leave it out, or add --decode beam.", "--sample", "--length-penalty", "2")]
    [InlineData("--coverage-penalty has an effect on beams only, and outputs are chosen from samples (mbr)", "--decode", "mbr", "--coverage-penalty", "0.5")]
    [InlineData("--beam-groups has an effect on beams only", "--sample", "--beam-groups", "2")]
    [InlineData("--beam must be a multiple of --beam-groups.", "--beam", "5", "--beam-groups", "2")]
    [InlineData("--max-length must not be below --min-length.", "--min-length", "10", "--max-length", "5")]
    [InlineData("--greedy is a beam of 1, but --beam is 4.", "--greedy", "--beam", "4")]
    [InlineData("--sample draws outputs; it cannot go with --beam.", "--sample", "--beam", "4")]
    [InlineData("--beam", "--beam", "0")]
    [InlineData("--top-p", "--sample", "--top-p", "1.5")]
    [InlineData("--length-normalization is 'log', but must be power, gnmt or none.", "--length-normalization", "log")]
    [InlineData("--threads is 0, but must be 1 to 256.", "--threads", "0")]
    [InlineData("There is no option '--beem' here. Did you mean '--beam'?", "--beem", "3")]
    [InlineData("'-' is one argument too many.", "-")]
    public void Wrong_options_are_refused_in_words(string sentence, params string[] options) =>
        Assert.Contains(sentence, Translate(Text, options).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void A_line_too_long_for_the_model_is_cut_and_counted()
    {
        Called call = Called.On($"the dog\n{string.Concat(Enumerable.Repeat("dog ", 20_000))}\n", "translate", toy.Model, "--greedy", "--max-length", "3");

        Assert.Equal(2, call.MustSucceed().Count(character => character == '\n'));
        Assert.Equal("1 of 2 lines were longer than the model can read; their ends were left out.\n", call.Errors);
    }

    [Fact]
    public void A_model_must_be_there()
    {
        Assert.Contains("MODEL is missing", Called.On(Text, "translate").MustFail(2), StringComparison.Ordinal);
        Assert.Contains($"There is no model directory {toy.File("none")}.", Called.On(Text, "translate", toy.File("none")).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("holds no model: config.yaml is missing.", Called.On(Text, "translate", toy.Path).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("is a file; a model is a directory.", Called.On(Text, "translate", toy.Source).MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_weights_are_refused_by_name()
    {
        string copy = toy.File("damaged");
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.EnumerateFiles(toy.Model))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)), overwrite: true);
        byte[] weights = File.ReadAllBytes(Path.Combine(copy, "weights.safetensors"));
        weights[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(copy, "weights.safetensors"), weights);

        Assert.Contains("weights.safetensors", Called.On(Text, "translate", copy).MustFail(1), StringComparison.Ordinal);
    }

    private Called Translate(string text, params string[] options) => Called.On(text, ["translate", toy.Model, .. options]);

    private string Write(string name, string text)
    {
        File.WriteAllText(toy.File(name), text);
        return toy.File(name);
    }
}
