using System.Text.Json;
using System.Xml.Linq;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>Recurrent models through the verbs: with attention of several heads, and with none at all.</summary>
public sealed class RecurrentVerbsTests(RecurrentRuns runs) : IClassFixture<RecurrentRuns>
{
    private const string Text = "the dog sees the tree\n\nthe man hears the wind\n";

    [Theory]
    [InlineData(RecurrentRuns.Heads)]
    [InlineData(RecurrentRuns.Blind)]
    public void Every_way_to_translate_gives_a_line_for_each_line(string model)
    {
        string prefixes = runs.Toy.File("prefixes");
        File.WriteAllText(prefixes, "den Baum\n\n\n");
        foreach (string[] options in (string[][])
        [
            [], ["--greedy", "--scores"], ["--beam", "3"], ["--sample", "--seed", "5"], ["--prefix-file", prefixes], ["--json", "--nbest", "2"],
            .. model == RecurrentRuns.Heads ? (string[][])[["--coverage-penalty", "0.2"], ["--replace-unknown"]] : [],
        ])
        {
            string output = Translate(model, options).MustSucceed();
            Assert.Equal(3, output.Count(character => character == '\n'));
            Assert.Equal(output, Translate(model, [.. options, "--max-tokens", "1"]).MustSucceed());
        }

        Assert.StartsWith("den Baum", Translate(model, "--prefix-file", prefixes).MustSucceed(), StringComparison.Ordinal);
        Assert.Equal(7, Translate(model, "--nbest", "3").MustSucceed().TrimEnd('\n').Split('\n').Length);
        Assert.Equal(Translate(model, "--greedy").MustSucceed(), Translate(model, "--beam", "1").MustSucceed());
    }

    [Fact]
    public void What_needs_attention_is_refused_unless_a_model_beside_it_has_some()
    {
        string faults = Translate(RecurrentRuns.Blind, "--coverage-penalty", "0.2", "--replace-unknown").MustFail(2);
        Assert.Contains("--coverage-penalty needs a model with attention", faults, StringComparison.Ordinal);
        Assert.Contains("--replace-unknown needs a model with attention", faults, StringComparison.Ordinal);

        string[] beside = ["--ensemble", runs.Toy.File(RecurrentRuns.Heads), runs.Toy.Model];
        Assert.Matches(@"(?m)^.+ \|\|\| (\d+-\d+ ?)+$", Translate(RecurrentRuns.Blind, [.. beside, "--coverage-penalty", "0.2", "--replace-unknown", "--alignments"]).MustSucceed());
    }

    [Fact]
    public void Several_heads_are_told_as_their_mean()
    {
        JsonElement output = FirstOf(Translate(RecurrentRuns.Heads, "--json", "--soft-alignments"));
        Assert.Equal(output.GetProperty("tokens").GetArrayLength(), output.GetProperty("attention").GetArrayLength());
        Assert.All(output.GetProperty("attention").EnumerateArray(), row => Assert.Equal(1, row.EnumerateArray().Sum(share => share.GetDouble()), 1e-4));
        Assert.Matches(@"^(\d+-\d+ ?)+$", output.GetProperty("alignment").GetString());

        Assert.Matches(@"(?m)^.+ \|\|\| (\d+-\d+ ?)+$", Translate(RecurrentRuns.Heads, "--alignments").MustSucceed());

        string pictures = runs.Toy.File("pictures of heads");
        Translate(RecurrentRuns.Heads, "--attention-svg", pictures).MustSucceed();
        Assert.Equal("the dog sees the tree", XDocument.Load(Path.Combine(pictures, "000001.svg")).Root!.Element("{http://www.w3.org/2000/svg}title")!.Value);
    }

    [Fact]
    public void A_model_without_attention_has_nothing_to_tell_or_draw()
    {
        Assert.Equal("", FirstOf(Translate(RecurrentRuns.Blind, "--json")).GetProperty("alignment").GetString());
        foreach (string[] options in (string[][])[["--alignments"], ["--json", "--soft-alignments"], ["--attention-svg", runs.Toy.File("no pictures")]])
            Assert.Contains("This model has no attention: --alignments, --soft-alignments and --attention-svg have nothing to tell.", Translate(RecurrentRuns.Blind, options).MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Information_writes_choices_as_configurations_do()
    {
        JsonElement shape = JsonDocument.Parse(Called.With("info", runs.Toy.File(RecurrentRuns.Heads), "--json").MustSucceed()).RootElement.GetProperty("model");
        Assert.Equal(
            ("recurrent", "recurrent", "gru_reset_before", "multi_head"),
            (shape.GetProperty("kind").GetString(), shape.GetProperty("encoder").GetString(), shape.GetProperty("cell").GetString(), shape.GetProperty("attention").GetString()));
        Assert.Contains(
            "recurrent, 1 × gru of width 16 each way, then 1 × gru_reset_before of width 16, multi-head attention before the step, embeddings 16",
            Called.With("info", runs.Toy.File(RecurrentRuns.Heads)).MustSucceed(), StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoints_are_averaged_and_trained_on()
    {
        string mean = runs.Toy.File("recurrent mean");
        Called.With("average", runs.Toy.File(RecurrentRuns.Heads), "--last", "2", "-o", mean).MustSucceed();
        Called.With("train", runs.Configuration, "--out", runs.Toy.File("recurrent tuned"), "--init-from", mean, "--set", "training.max_updates=2").MustSucceed();
        Assert.Equal(3, Called.On(Text, "translate", runs.Toy.File("recurrent tuned")).MustSucceed().Count(character => character == '\n'));
    }

    [Fact]
    public void Nested_settings_are_set_and_their_faults_named_by_the_option_that_made_them()
    {
        string errors = Called.With("train", runs.Configuration, "--out", runs.Toy.File("never made"), "--set", "model.attention.kind=dot", "--set", "model.attention.heds=2").MustFail(1);
        Assert.Contains("--set 2: model.attention.heds: unknown key \"heds\"; did you mean \"heads\"?", errors, StringComparison.Ordinal);

        string alone = Called.With("train", runs.Configuration, "--out", runs.Toy.File("never made"), "--set", "model.attention.kind=dot", "--set", "model.attention.width=null").MustFail(1);
        Assert.Contains("--set 1: model.attention.kind: Dot products need states of one width, but the decoder's have 16 and the encoder's 32; use general attention", alone, StringComparison.Ordinal);
    }

    private static JsonElement FirstOf(Called call) => JsonDocument.Parse(call.MustSucceed().Split('\n')[0]).RootElement;

    private Called Translate(string model, params string[] options) => Called.On(Text, ["translate", runs.Toy.File(model), .. options]);
}

/// <summary>Two small recurrent models, trained once.</summary>
public sealed class RecurrentRuns : IDisposable
{
    internal const string Heads = "heads";
    internal const string Blind = "blind";

    public RecurrentRuns()
    {
        Configuration = Toy.File("recurrent.yaml");
        File.WriteAllText(Configuration, $$"""
            name: recurrent toy
            data:
              train:
                - {source: "{{Toy.Source}}", target: "{{Toy.Target}}"}
            vocabulary: {size: 60}
            model:
              preset: gru-bahdanau
              embedding_width: 16
              encoder: {width: 16}
              decoder: {width: 16, cell: gru_reset_before}
              attention: {kind: multi_head, width: 16, heads: 4}
              dropout: 0
            training: {max_updates: 40, batch_tokens: 400, learning_rate: 0.01, warmup_updates: 5, checkpoint_every: 20, keep_checkpoints: 2}
            decoding: {beam: 2, max_length_extra: 5}

            """);
        Called.With("train", Configuration, "--out", Toy.File(Heads)).MustSucceed();
        Called.With("train", Configuration, "--out", Toy.File(Blind), "--set", "model.attention.kind=none").MustSucceed();
    }

    public ToyRun Toy { get; } = new();

    public string Configuration { get; }

    public void Dispose() => Toy.Dispose();
}
