using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>train, evaluate, info and average.</summary>
public sealed class ModelVerbsTests(ToyRun toy) : IClassFixture<ToyRun>
{
    [Fact]
    public void Training_says_where_the_model_and_the_report_are()
    {
        Assert.Equal("", toy.Trained.MustSucceed());
        Assert.Contains($"\nmodel = {toy.Model}\nreport = {Path.Combine(toy.Model, "report.html")}\n", toy.Trained.Errors, StringComparison.Ordinal);
        Assert.Contains("finished: update limit reached after 60 updates", toy.Trained.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(toy.Model, "report.html")));
    }

    [Fact]
    public void Settings_are_laid_over_the_configuration_and_all_their_faults_told()
    {
        string errors = Called.With("train", toy.Configuration, "--out", toy.File("x"), "--set", "training.max_update=none", "--set", "model.hedas=2").MustFail(1);

        Assert.Contains("things are wrong", errors, StringComparison.Ordinal);
        Assert.Contains("model.hedas", errors, StringComparison.Ordinal);
        Assert.Contains("heads", errors, StringComparison.Ordinal);
        Assert.Contains("--set 1", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is nothing to train on. Give a configuration, or --src, --tgt and --out.")]
    [InlineData("The option --tgt is needed: without a configuration, a training takes --src, --tgt and --out.", "--src", "a")]
    [InlineData("--resume is 'perhaps', but must be auto or never.", "--resume", "perhaps")]
    [InlineData("--dev-src and --dev-tgt go together; one is missing.", "--src", "a", "--tgt", "b", "--out", "c", "--dev-src", "d")]
    public void A_training_must_be_described(string sentence, params string[] options) =>
        Assert.Contains(sentence, Called.With(["train", .. options]).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void A_configuration_excludes_files_beside_it() => Assert.Contains(
        "--src cannot go with a configuration", Called.With("train", toy.Configuration, "--src", toy.Source).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void A_dry_run_of_two_files_tells_what_would_be_trained_and_stops()
    {
        string directory = toy.File("dry");
        Called call = Called.With("train", "--src", toy.Source, "--tgt", toy.Target, "--out", directory, "--dry-run", "--set", "model.width=32", "--set", "model.heads=2");

        Assert.Equal("no suspect pairs\n", call.MustSucceed());
        Assert.Contains("120 of 120 pairs kept", call.Errors, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^time: .* at most, for 30,000 updates$", call.Errors);
        Assert.Matches(@"(?m)^memory: [\d.,]+ MiB for the model \(.*\), [\d.,]+ MiB for an update", call.Errors);
        Assert.True(File.Exists(Path.Combine(directory, "config.yaml")));
        Assert.False(File.Exists(Path.Combine(directory, "weights.safetensors")));
    }

    [Fact]
    public void Files_of_different_lengths_cannot_be_trained_on()
    {
        File.WriteAllText(toy.File("short"), "one line\n");

        Assert.Contains("'" + toy.File("short") + "' has 1", Called.With(
            "train", "--src", toy.Source, "--tgt", toy.File("short"), "--out", toy.File("never")).MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_that_the_text_does_not_fit_is_no_bug() => Assert.Contains(
        "is too small", Called.With("train", toy.Configuration, "--out", toy.File("small"), "--set", "vocabulary.size=9").MustFail(1), StringComparison.Ordinal);

    [Fact]
    public void A_directory_with_another_model_is_left_alone()
    {
        byte[] before = File.ReadAllBytes(Path.Combine(toy.Model, "weights.safetensors"));
        string errors = Called.With("train", toy.Configuration, "--out", toy.Model, "--set", "model.width=64").MustFail(1);

        Assert.Contains("already holds a different model", errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(toy.Model, "weights.safetensors")));
    }

    [Fact]
    public void Evaluation_is_translation_and_scoring()
    {
        string output = toy.File("translations");
        string json = Called.With("evaluate", toy.Model, "--src", toy.DevSource, "--ref", toy.DevTarget, "--json", "-o", output).MustSucceed();
        string translated = Called.On(File.ReadAllText(toy.DevSource), "translate", toy.Model).MustSucceed();

        Assert.Equal(["bleu", "meteor", "bleu1", "bleu2", "bleu3", "bleu4", "chrf"], JsonDocument.Parse(json).RootElement.EnumerateObject().Select(one => one.Name));
        Assert.Equal(translated, File.ReadAllText(output));
        Assert.Equal(json, Called.On(translated, "score", "--ref", toy.DevTarget, "--json", "--metrics", "bleu,meteor,bleu1,bleu2,bleu3,bleu4,chrf").MustSucceed());
    }

    [Fact]
    public void Scores_by_length_compare_systems_as_text_json_and_figure()
    {
        string other = toy.File("other.de");
        File.WriteAllText(other, File.ReadAllText(toy.DevTarget));
        string[] call = ["evaluate", toy.Model, "--src", toy.DevSource, "--ref", toy.DevTarget, "--metrics", "bleu", "--by-length", "--bounds", "4,9", "--hyp", $"perfect={other}"];
        string text = Called.With([.. call, "--svg", toy.File("curve.svg")]).MustSucceed();
        JsonElement systems = JsonDocument.Parse(Called.With([.. call, "--json"]).MustSucceed()).RootElement.GetProperty("by_length");

        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(["words", "sentences", "BLEU", "model", "chrF2", "model", "BLEU", "perfect", "chrF2", "perfect"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches("^5-9 +8 .* 100.0 +100.0$", lines[3]);
        Assert.Equal(4, lines.Length);
        Assert.Equal(["model", "perfect"], systems.EnumerateArray().Select(system => system.GetProperty("system").GetString()));
        JsonElement bucket = systems[1].GetProperty("buckets")[0];
        Assert.Equal((5, 9, 8, 5.0), (bucket.GetProperty("shortest").GetInt32(), bucket.GetProperty("longest").GetInt32(), bucket.GetProperty("sentences").GetInt32(), bucket.GetProperty("mean_words").GetDouble()));
        Assert.Equal(100, bucket.GetProperty("bleu").GetProperty("score").GetDouble(), 1e-9);
        Assert.StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"", File.ReadAllText(toy.File("curve.svg")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--svg has no effect without --by-length.", "--svg", "x.svg")]
    [InlineData("--bounds is '10,5', but must be rising numbers of words from 1 on", "--by-length", "--bounds", "10,5")]
    public void Faults_of_scores_by_length_are_told_before_any_work(string sentence, params string[] options) => Assert.Contains(
        sentence, Called.With(["evaluate", toy.Model, "--src", toy.DevSource, "--ref", toy.DevTarget, .. options]).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void Information_names_size_hash_and_format()
    {
        JsonElement info = JsonDocument.Parse(Called.With("info", toy.Model, "--json").MustSucceed()).RootElement;
        string text = Called.With("info", toy.Model).MustSucceed();

        // Embeddings 60·32; an encoder layer: 4·(32·32 + 32) attention, 32·64 + 64 + 64·32 + 32 feed-forward, 2 norms of 64; a decoder layer:
        // one attention and one norm more; a final norm of 64 each where norms come first.
        Assert.Equal(1, info.GetProperty("format_version").GetInt32());
        Assert.Matches("^[0-9a-f]{64}$", info.GetProperty("weights_sha256").GetString());
        Assert.Equal(60, info.GetProperty("vocabulary").GetProperty("target_size").GetInt32());
        Assert.True(info.GetProperty("parameters").GetInt64() > 20_000);
        Assert.Contains("transformer, 1+1 layers, width 32, feed-forward 64, 2 heads", text, StringComparison.Ordinal);
        Assert.Contains(info.GetProperty("weights_sha256").GetString()!, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mean_of_checkpoints_is_a_model()
    {
        string mean = toy.File("mean");
        string errors = Called.With("average", toy.Model, "--last", "2", "-o", mean, "--storage", "f16") is { Code: 0 } call ? call.Errors : "failed";

        Assert.StartsWith($"2 sets of weights averaged into {mean} (weights_sha256 ", errors, StringComparison.Ordinal);
        Assert.Contains("(F16)", Called.With("info", mean).MustSucceed(), StringComparison.Ordinal);
        Assert.NotEqual("\n", Called.On("the dog sees the tree\n", "translate", mean).MustSucceed());
    }

    [Fact]
    public void The_mean_of_one_checkpoint_is_that_checkpoint()
    {
        string last = Path.Combine(toy.Model, "checkpoints", "update-000060");
        Called.With("average", last, "-o", toy.File("one")).MustSucceed();
        Called.With("average", last, last, "-o", toy.File("twice")).MustSucceed();

        Assert.Equal(Hash(toy.File("one")), Hash(toy.File("twice")));
    }

    [Theory]
    [InlineData(1, "has 3 checkpoints, but 9 are to be averaged.", "--last", "9")]
    [InlineData(2, "--last is 0, but must be 1 or more.", "--last", "0")]
    [InlineData(2, "--storage is 'f8', but must be f32, f16 or bf16.", "--storage", "f8")]
    public void What_cannot_be_averaged_is_refused(int code, string words, params string[] options) =>
        Assert.Contains(words, Called.With(["average", toy.Model, "-o", toy.File("refused"), .. options]).MustFail(code), StringComparison.Ordinal);

    [Fact]
    public void The_quickstart_empties_no_directory_of_others() => Assert.Contains(
        "holds files that are not of a quickstart and would be lost", Called.With("quickstart", "--out", toy.Path).MustFail(1), StringComparison.Ordinal);

    private static string Hash(string model) => JsonDocument.Parse(Called.With("info", model, "--json").MustSucceed()).RootElement.GetProperty("weights_sha256").GetString()!;
}
