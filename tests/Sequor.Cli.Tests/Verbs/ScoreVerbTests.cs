using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

public sealed class ScoreVerbTests : IDisposable
{
    private const string Hypotheses = "The cat sits on the mat.\nA dog barks loudly at night.\nWe go home now.\n";
    private const string References = "The cat sat on the mat.\nA dog barks loudly at night.\nWe are going home now.\n";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_score_is_printed_with_its_signature()
    {
        string output = Score().MustSucceed();

        // sacrebleu 2.3.1: BLEU 58.3, chrF2 73.5 for these three lines.
        Assert.Equal(2, output.Count(character => character == '\n'));
        Assert.StartsWith("BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:sequor-", output, StringComparison.Ordinal);
        Assert.Contains("chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:sequor-", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Hypotheses_come_from_standard_input_where_no_file_is_named() => Assert.Equal(
        Score().MustSucceed(),
        Called.On(Hypotheses, "score", "--ref", _folder.Write("r", References)).MustSucceed());

    [Fact]
    public void Json_has_every_metric_under_its_key_and_numbers_unrounded()
    {
        JsonElement scores = Json(Score("--json", "--metrics", "bleu,bleu1,chrf++,ter,wer,accuracy"));

        Assert.Equal(["bleu", "bleu1", "chrf++", "ter", "wer", "accuracy"], scores.EnumerateObject().Select(metric => metric.Name));
        Assert.Equal(4, scores.GetProperty("bleu").GetProperty("precisions").GetArrayLength());
        Assert.True(scores.GetProperty("bleu").GetProperty("bp").GetDouble() < 1);
        // Edits: sat → sits; are and going → go: 3 of 17 words.
        Assert.Equal(100.0 * 3 / 17, scores.GetProperty("wer").GetProperty("score").GetDouble(), 10);
        Assert.Contains("nrefs:1", scores.GetProperty("bleu").GetProperty("signature").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_references_may_follow_one_option_or_two()
    {
        string first = _folder.Write("one", References);
        string second = _folder.Write("two", Hypotheses);
        string hypotheses = _folder.Write("h", Hypotheses);
        string apart = Called.With("score", "--hyp", hypotheses, "--ref", first, "--ref", second).MustSucceed();
        string together = Called.With("score", "--hyp", hypotheses, "--ref", first, second).MustSucceed();

        Assert.Equal(apart, together);
        Assert.Contains("BLEU|nrefs:2", apart, StringComparison.Ordinal);
        Assert.Contains("= 100.0 100.0/100.0/100.0/100.0", apart, StringComparison.Ordinal);
    }

    [Fact]
    public void Lowercase_and_tokenizer_are_part_of_the_signature() =>
        Assert.Contains("case:lc|eff:no|tok:char", Score("--lowercase", "--tokenize", "char").MustSucceed(), StringComparison.Ordinal);

    [Fact]
    public void Confidence_adds_an_interval() =>
        Assert.Matches(@"BLEU\|nrefs:1\|bs:50\|seed:7\|.* = \d+\.\d \(μ = \d+\.\d ± \d+\.\d\)", Score("--confidence", "--trials", "50", "--seed", "7").MustSucceed());

    [Theory]
    [InlineData("bootstrap", "|bs:40|")]
    [InlineData("approximate", "|ar:40|")]
    public void A_baseline_is_tested_against(string kind, string signature)
    {
        string baseline = _folder.Write("b", "Cats mat.\nDog.\nHome.\n");
        string text = Score("--baseline", baseline, "--paired", kind, "--trials", "40").MustSucceed();
        JsonElement json = Json(Score("--baseline", baseline, "--paired", kind, "--trials", "40", "--json"));

        Assert.Contains(signature, text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^baseline  BLEU.*\nsystem    BLEU.*  p = \d\.\d{4}( \*)?$", text);
        Assert.True(json.GetProperty("baseline").GetProperty("bleu").GetProperty("score").GetDouble() < json.GetProperty("bleu").GetProperty("score").GetDouble());
        Assert.InRange(json.GetProperty("p_values").GetProperty("bleu").GetDouble(), 0, 1);
    }

    [Fact]
    public void Files_of_different_lengths_are_named_with_their_counts()
    {
        string hypotheses = _folder.Write("h", Hypotheses);
        string reference = _folder.Write("r", "Only one.\n");

        Assert.Equal(
            $"sequor score: {hypotheses} has 3 lines, but {reference} has 1. All must have one line for each sentence, in the same order.\n",
            Called.With("score", "--hyp", hypotheses, "--ref", reference).MustFail(1));
    }

    [Fact]
    public void Nothing_to_score_is_said() => Assert.Equal(
        "sequor score: standard input is empty; there is nothing to score.\n",
        Called.On("", "score", "--ref", _folder.Write("r", "")).MustFail(1));

    [Theory]
    [InlineData("--metrics", "blue", "Unknown metric 'blue': did you mean 'bleu'?")]
    [InlineData("--tokenize", "14a", "Unknown BLEU tokenizer '14a'. It must be one of 13a, intl, zh, char, none.")]
    [InlineData("--paired", "t-test", "--paired is 't-test', but must be bootstrap or approximate.")]
    [InlineData("--decimals", "16", "--decimals is 16, but must be 0 to 15.")]
    [InlineData("--decimals", "two", "--decimals needs a whole number, not 'two'.")]
    [InlineData("--metric", "bleu", "There is no option '--metric' here. Did you mean '--metrics'?")]
    public void Wrong_options_are_refused_in_words(string option, string value, string sentence) =>
        Assert.Contains(sentence, Score(option, value).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void A_reference_is_needed() => Assert.Equal(
        "sequor score: The option --ref is needed.\n'sequor score --help' shows how it is used.\n", Called.On("a\n", "score").MustFail(2));

    private Called Score(params string[] more) => Called.With(
        ["score", "--hyp", _folder.Write("hypotheses", Hypotheses), "--ref", _folder.Write("references", References), .. more]);

    private static JsonElement Json(Called call) => JsonDocument.Parse(call.MustSucceed()).RootElement;
}
