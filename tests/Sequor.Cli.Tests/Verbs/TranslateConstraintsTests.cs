using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>What can be asked of the outputs of <c>sequor translate</c>.</summary>
public sealed class TranslateConstraintsTests(ToyRun toy) : IClassFixture<ToyRun>
{
    private const string Text = "the dog sees the tree\n\nthe man hears the wind\n";

    [Fact]
    public void Forced_words_are_written_and_banned_ones_are_not()
    {
        string[] forced = Lines(Translate(Text, "--force", "Vogel|Wind", "--force", "und", "--beam", "8"));
        Assert.Contains("Vogel|Wind".Split('|'), word => forced[0].Contains(word, StringComparison.Ordinal));
        Assert.Equal("", forced[1]);

        string free = Lines(Translate(Text))[0];
        Assert.Contains("Hund", free, StringComparison.Ordinal);
        Assert.DoesNotContain("Hund", Lines(Translate(Text, "--ban", "Hund"))[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Hund", Lines(Translate(Text, "--ban-file", Write("bans", "Mann\n\nHund\n"), "--sample"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_glossary_is_kept_to_and_reported_term_by_term()
    {
        string glossary = Write("terms.tsv", "tree\tTisch|Vogel\nthe man\tder Hund\nhouse\tHaus\n");
        string report = toy.File("report.tsv");
        Called call = Translate(Text, "--glossary", glossary, "--glossary-report", report, "--beam", "10", "--json");
        JsonElement[] outputs = [.. Lines(call).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Matches("Tisch|Vogel", outputs[0].GetProperty("text").GetString()!);
        Assert.Contains("der Hund", outputs[2].GetProperty("text").GetString()!, StringComparison.Ordinal);
        JsonElement constraint = Assert.Single(outputs[2].GetProperty("constraints").EnumerateArray());
        Assert.Equal("the man", constraint.GetProperty("term").GetString());
        Assert.Equal("that 'der Hund' be written", constraint.GetProperty("constraint").GetString());
        Assert.True(constraint.GetProperty("met").GetBoolean());
        Assert.False(outputs[1].TryGetProperty("constraints", out _));
        Assert.Equal("term\ttranslation\tfound\twritten\nthe man\tder Hund\t1\t1\ntree\tTisch|Vogel\t1\t1\n", File.ReadAllText(report));
        Assert.Equal("", call.Errors);
    }

    [Fact]
    public void Every_line_may_ask_for_its_own()
    {
        string constraints = Write("asked", "Tisch\tWind|Mann\n\n{\"avoid\": [\"Mann\", \"Wind\"], \"prefix\": \"den\"}\n");
        string[] lines = Lines(Translate(Text, "--constraints", constraints, "--beam", "10"));

        Assert.Contains("has more lines than the input", Translate("the dog\n", "--prefix-file", Write("longer", "der\nden\n")).Errors, StringComparison.Ordinal);
        Assert.Equal("", Translate("the dog\n", "--prefix-file", Write("as-long", "der\n")).Errors);
        Assert.Matches("^(?=.*Tisch)(?=.*(Wind|Mann))", lines[0]);
        Assert.StartsWith("den", lines[2], StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\b(Mann|Wind)\b", lines[2]);
    }

    [Fact]
    public void Outputs_may_be_kept_to_a_list_or_a_grammar()
    {
        string allowed = Write("allowed", "der Mann\nder Hund malt\n");
        Assert.All(Lines(Translate(Text, "--allowed", allowed)).Where(line => line.Length > 0), line => Assert.Matches("^der (Mann|Hund malt)$", line));
        string grammar = Write("grammar", "root ::= (\"der \" | \"den \") noun (\" \" noun)?\nnoun ::= \"Hund\" | \"Mann\"\n");
        Assert.All(
            Lines(Translate(Text, "--grammar", grammar, "--sample")).Where(line => line.Length > 0), line => Assert.Matches("^de[rn] (Hund|Mann)( (Hund|Mann))?$", line));
    }

    [Fact]
    public void Evaluation_keeps_to_constraints_too()
    {
        string output = toy.File("evaluated");
        Called.With("evaluate", toy.Model, "--src", toy.DevSource, "--ref", toy.DevTarget, "-o", output, "--glossary", Write("evaluated.tsv", "dog\tVogel\n"), "--beam", "8").MustSucceed();
        Assert.All(File.ReadAllLines(output), line => Assert.Contains("Vogel", line, StringComparison.Ordinal));
        Assert.All(File.ReadAllLines(toy.DevSource), line => Assert.Contains("dog", line, StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_no_room_is_told_with_its_line()
    {
        Called call = Translate(Text, "--force", "Vogel", "--force", "Tisch", "--max-length", "2");

        Assert.Equal(0, call.Code);
        Assert.Contains("line 1: Asked for was that ", call.Errors, StringComparison.Ordinal);
        Assert.EndsWith("2 lines miss one or more.\n", call.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_a_beam_write_different_things()
    {
        string[] lists = Lines(Translate("the dog sees the tree\n", "--beam-groups", "3", "--diversity", "5", "--nbest", "3"));
        Assert.Equal(3, lists.Select(line => line.Split(" ||| ")[1]).Distinct().Count());
        Assert.Equal(
            Translate(Text, "--beam", "4", "--scores").MustSucceed(), Translate(Text, "--beam", "4", "--beam-groups", "1", "--diversity", "5", "--scores").MustSucceed());
    }

    [Theory]
    [InlineData(1, "wrong, line 1, column 10: this text has no closing", "--grammar", "root ::= \"a")]
    [InlineData(1, "wrong, line 2, column 5: a translation is empty. ", "--glossary", "tree\tBaum\ndog\t\ncat\t\n")]
    [InlineData(1, "wrong, line 2, column 3: a phrase is empty", "--constraints", "a\na\t\n\n")]
    [InlineData(1, "wrong has 1 lines, but standard input has 3 or more. It must have one list of constraints for each line.", "--constraints", "a\n")]
    [InlineData(1, "wrong is empty; every output must be one of its lines.", "--allowed", "\n")]
    [InlineData(1, "can write no output that the grammar or the list of outputs allows.", "--allowed", "Ωψ\n")]
    public void A_wrong_file_is_refused_with_its_place(int code, string sentence, string option, string text) =>
        Assert.Contains(sentence, Translate(Text, option, Write("wrong", text)).MustFail(code), StringComparison.Ordinal);

    [Theory]
    [InlineData("--force: words that must be written take a beam", "--sample", "--force", "Hund")]
    [InlineData("--force 'a||b': a phrase is empty.", "--force", "a||b")]
    [InlineData("--glossary-ignore-case and --glossary-report have no effect without --glossary.", "--glossary-ignore-case")]
    [InlineData("--beam-groups: a beam of 5 cannot be parted into 2 groups", "--beam", "5", "--beam-groups", "2")]
    public void Wrong_options_are_refused_in_words(string sentence, params string[] options) =>
        Assert.Contains(sentence, Translate(Text, options).MustFail(2), StringComparison.Ordinal);

    private static string[] Lines(Called call) => call.MustSucceed().TrimEnd('\n').Split('\n');

    private Called Translate(string text, params string[] options) => Called.On(text, ["translate", toy.Model, .. options]);

    private string Write(string name, string text)
    {
        File.WriteAllText(toy.File(name), text);
        return toy.File(name);
    }
}
