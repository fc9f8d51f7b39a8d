using System.Globalization;
using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>lm train, lm score and lm info, as one uses them: one after the other.</summary>
public sealed class LmVerbTests : IDisposable
{
    private const string Text = "a b\na c\n";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trained_model_scores_lines_and_keeps_unknown_words_apart()
    {
        string model = Trained();
        Called scored = Called.On("a b\n\na what\n", "lm", "score", model);
        string[] lines = scored.MustSucceed().Split('\n');

        // 0.6 · 0.35 · 0.65 worked by hand in KneserNeyTests.
        IsRow(lines[0], Math.Log(0.6 * 0.35 * 0.65), 3, 0);
        IsRow(lines[1], Math.Log(0.5 * 0.3), 1, 0);
        IsRow(lines[2], Math.Log(0.6 * 0.5 * 0.1 * 0.3), 3, 1);
        Assert.Contains("of 7 words with ends of lines; without 1 unknown", scored.Errors, StringComparison.Ordinal);
        Assert.Equal(scored.Errors, Called.On("a b\n\na what\n", "lm", "score", model, "--total").MustSucceed());
    }

    [Fact]
    public void JSON_has_every_line_and_the_total_last()
    {
        string[] lines = Called.On("a b\na what\n", "lm", "score", Trained(), "--json").MustSucceed().TrimEnd('\n').Split('\n');
        JsonElement[] objects = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal(3, objects.Length);
        Assert.Equal(1, objects[1].GetProperty("index").GetInt32());
        Assert.Equal(1, objects[1].GetProperty("unknown_words").GetInt32());
        Assert.True(objects[2].GetProperty("total").GetBoolean());
        Assert.Equal(6, objects[2].GetProperty("words").GetInt32());
        Assert.Equal(
            objects[0].GetProperty("log_prob").GetDouble() + objects[1].GetProperty("log_prob").GetDouble(),
            objects[2].GetProperty("log_prob").GetDouble(), 1e-9);
    }

    [Fact]
    public void Info_counts_n_grams()
    {
        string output = Called.With("lm", "info", Trained()).MustSucceed();

        Assert.Contains("order            2\n", output, StringComparison.Ordinal);
        Assert.Contains("1-grams          6\n2-grams          5\n", output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Called.With("lm", "info", Trained(), "--json").MustSucceed());
        Assert.Equal(5, json.RootElement.GetProperty("ngrams")[1].GetInt32());
    }

    [Fact]
    public void Training_tells_what_it_saw_and_writes_only_the_file()
    {
        Called call = Called.With("lm", "train", "-i", _folder.Write("text", Text), "-o", _folder["m.arpa.gz"], "--order", "3", "--prune", "0", "1");

        Assert.Equal("", call.MustSucceed());
        Assert.Equal(
            "the text is too small to work out discounts of order 1, 2, 3: 0.5, 1 and 1.5 are taken\n" +
            $"6 + 1 + 0 n-grams from 4 words in 2 lines, written to {_folder["m.arpa.gz"]}\n", call.Errors);
        Assert.Contains("3-grams          0\n", Called.With("lm", "info", _folder["m.arpa.gz"]).MustSucceed(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_pieces_is_asked_with_their_vocabulary()
    {
        string text = _folder.Write("text", "the low lower lowest\nthe new newer newest\nwide wider widest\n");
        Called.With("vocab", text, "--size", "30", "-o", _folder["bpe.model"]).MustSucceed();
        Called.With("lm", "train", "-i", text, "-o", _folder["pieces.arpa"], "--vocab", _folder["bpe.model"]).MustSucceed();

        Assert.Contains("1-grams          30\n", Called.With("lm", "info", _folder["pieces.arpa"]).MustSucceed(), StringComparison.Ordinal);
        string near = Called.On("the newest\n", "lm", "score", _folder["pieces.arpa"], "--vocab", _folder["bpe.model"]).MustSucceed();
        Assert.EndsWith("\t0\n", near, StringComparison.Ordinal);
        Assert.Contains(
            "was not trained on the pieces of this vocabulary",
            Called.On("a\n", "lm", "score", Trained(), "--vocab", _folder["bpe.model"]).MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_neural_language_model_is_trained_on_targets_and_says_what_it_is()
    {
        string text = _folder.Write("train.de", string.Concat(Enumerable.Range(0, 60).Select(i => $"w{i % 7} w{i % 5} w{i % 3}\n")));
        string yaml = _folder.Write("lm.yaml", $$"""
            name: tiny
            data:
              target_language: de
              train:
                - target: "{{text}}"
              dev: {target: "{{text}}"}
            vocabulary: {kind: word, size: 20}
            model: {encoder_layers: 1, decoder_layers: 1, width: 16, feed_forward_width: 32, heads: 2}
            training: {max_updates: 4, batch_tokens: 100}

            """);
        Called trained = Called.With("train", yaml, "--out", _folder["lm"]);
        trained.MustSucceed();

        Assert.Contains("training a language model: no corpus has a source\n", trained.Errors, StringComparison.Ordinal);
        Assert.Contains("perplexity|unit:piece|vocabulary:11|ends:yes = ", trained.Errors, StringComparison.Ordinal);
        string info = Called.With("info", _folder["lm"]).MustSucceed();
        Assert.Contains("task             language model\nlanguages        de\n", info, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Called.With("info", _folder["lm"], "--json").MustSucceed());
        Assert.True(json.RootElement.GetProperty("language_model").GetBoolean());
        string[] total = Called.On("w1 w1 w1\n\nw1 what\n", "lm", "score", _folder["lm"], "--json").MustSucceed().TrimEnd('\n').Split('\n');
        Assert.Equal(4, total.Length);
        Assert.Equal((8, 1), (JsonDocument.Parse(total[3]).RootElement.GetProperty("words").GetInt32(), JsonDocument.Parse(total[3]).RootElement.GetProperty("unknown_words").GetInt32()));
        Assert.Contains("brings its own vocabulary", Called.With("lm", "score", _folder["lm"], "--vocab", "v").MustFail(2), StringComparison.Ordinal);
        Assert.Contains("translates nothing", Called.On("w1\n", "translate", _folder["lm"]).MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_calls_are_answered_with_sentences()
    {
        Assert.Contains("must be 1 to 6", Called.On(Text, "lm", "train", "-o", _folder["m"], "--order", "7").MustFail(2), StringComparison.Ordinal);
        Assert.Contains("Leave one of them out", Called.On(Text, "lm", "train", "-o", _folder["m"], "--min-count", "2", "--vocab", "v").MustFail(2), StringComparison.Ordinal);
        Assert.Contains("every line was empty", Called.On("\n", "lm", "train", "-o", _folder["m"]).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("holds no model", Called.With("lm", "score", _folder.Path).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("is a directory", Called.With("lm", "info", _folder.Path).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("Line 1 of the language model", Called.With("lm", "info", _folder.Write("m", "no\n")).MustFail(1), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["m.arpa"]));
    }

    private string Trained()
    {
        Called.On(Text, "lm", "train", "-o", _folder["model.arpa"], "--order", "2").MustSucceed();
        return _folder["model.arpa"];
    }

    private static void IsRow(string line, double logProb, int words, int unknown)
    {
        double[] columns = [.. line.Split('\t').Select(column => double.Parse(column, CultureInfo.InvariantCulture))];

        Assert.Equal(logProb, columns[0], 2e-6);
        Assert.Equal(Math.Exp(-logProb / words), columns[1], 1e-3);
        Assert.Equal(unknown, columns[2]);
        Assert.Equal(3, columns.Length);
    }
}
