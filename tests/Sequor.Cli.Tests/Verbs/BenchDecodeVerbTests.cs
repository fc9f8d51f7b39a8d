using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>bench decode. It sets the number of threads, which it may do only while nothing else computes.</summary>
[Collection(BenchVerbTests.Alone)]
public sealed class BenchDecodeVerbTests(ToyRun toy) : IClassFixture<ToyRun>
{
    private static readonly string[] _short = ["--warm-up", "1", "--warm-up-seconds", "0", "--repeat", "2", "--peak-seconds", "0.02"];

    private string[] Call => ["bench", "decode", toy.Model, "-i", toy.DevSource, .. _short];

    private string Shape => Write("shape.yaml", "model: {encoder_layers: 1, decoder_layers: 1, width: 32, feed_forward_width: 64, heads: 2}\n");

    [Fact]
    public void Programs_read_speed_latency_memory_and_shares()
    {
        JsonElement speed = Measured([.. Call, "--batch", "3", "--force-length", "7", "--beam", "2"]);

        Assert.All(
            ["target_tokens_per_s", "sentences_per_s", "peak_rss_mb", "threads", "timed_seconds"],
            (string name) => Assert.True(speed.GetProperty(name).GetDouble() > 0, name));
        Assert.NotEqual("", speed.GetProperty("isa").GetString());
        Assert.True(speed.GetProperty("managed_bytes_per_step").GetDouble() >= 0);

        // 8 sentences, 3 at once; each output is forced to 7 pieces, so those that enter together take 7 steps together.
        Assert.Equal((8, 56, 21), (Integer(speed, "sentences"), Integer(speed, "target_tokens"), Integer(speed, "steps")));
        Assert.Equal((3, 2, 2), (Integer(speed, "batch"), Integer(speed, "beam"), Integer(speed, "rounds")));
        JsonElement seconds = speed.GetProperty("sentence_seconds");
        Assert.True(seconds.GetProperty("p50").GetDouble() <= seconds.GetProperty("p95").GetDouble());
        Assert.True(seconds.GetProperty("p95").GetDouble() <= seconds.GetProperty("p99").GetDouble());
        Assert.True(speed.GetProperty("peak_gflops").GetProperty("one_thread").GetDouble() > 0);
        Assert.True(speed.GetProperty("read_gb_per_s").GetProperty("one_thread").GetDouble() > 0);
        double shares = speed.GetProperty("kernels").EnumerateArray().Sum(kernel => kernel.GetProperty("share").GetDouble())
            + speed.GetProperty("outside_kernels_share").GetDouble();
        Assert.Equal(1, shares, 9);
        Assert.NotEmpty(speed.GetProperty("products").EnumerateArray());
    }

    [Fact]
    public void A_shortlist_is_measured_and_must_be_of_the_models_pieces()
    {
        string shortlist = toy.File("bench.shortlist");
        Called.With("align", "--source", toy.Source, "--target", toy.Target, "--vocab", toy.Model, "--shortlist", shortlist, "--output", toy.File("bench.links")).MustSucceed();
        JsonElement speed = Measured([.. Call, "--shortlist", shortlist, "--force-length", "7"]);
        Assert.True(speed.GetProperty("shortlist").GetBoolean());
        Assert.Equal(56, Integer(speed, "target_tokens"));
        Assert.Contains(
            "but the model writes 70 pieces",
            Called.With(["bench", "decode", "--shape", Shape, "--vocabulary", "70", "-i", toy.DevSource, "--shortlist", shortlist, .. _short]).MustFail(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_are_as_long_as_the_model_makes_them_unless_forced()
    {
        // What translate writes for the same lines with the same search: pieces and an end sign each.
        string lines = Called.With("translate", toy.Model, "-i", toy.DevSource, "--greedy", "--json").MustSucceed();
        int pieces = lines.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).Sum(
            line => line.GetProperty("tokens").GetArrayLength() + (line.GetProperty("stopped_by").GetString() == "eos" ? 1 : 0));

        Assert.Equal(pieces, Integer(Measured([.. Call, "--greedy"]), "target_tokens"));
    }

    [Theory]
    [InlineData("tiny", 10_000, 2_605_568)]
    [InlineData("gru", 10_000, 4_738_320)]
    public void A_shape_is_measured_without_a_model(string shape, int vocabulary, int parameters)
    {
        string sources = toy.File($"{shape}.jsonl");
        JsonElement speed = Measured(
            ["bench", "decode", "--shape", shape, "-i", toy.DevSource, "--sentences", "2", "--force-length", "3", "--greedy", "--write-sources", sources, .. _short]);

        Assert.Equal((shape, parameters, 6), (speed.GetProperty("name").GetString(), Integer(speed, "parameters"), Integer(speed, "target_tokens")));
        int[][] written = [.. File.ReadLines(sources).Select(line => JsonDocument.Parse(line).RootElement.EnumerateArray().Select(id => id.GetInt32()).ToArray())];
        Assert.Equal(2, written.Length);
        Assert.All(written, source => Assert.Equal((6, 2), (source.Length, source[^1])));
        Assert.All(written, source => Assert.All(source[..^1], id => Assert.InRange(id, 4, vocabulary - 1)));
    }

    [Fact]
    public void A_configuration_is_a_shape_too()
    {
        string file = Shape;
        JsonElement speed = Measured(["bench", "decode", "--shape", file, "--vocabulary", "60", "-i", toy.DevSource, "--force-length", "2", .. _short]);

        // The toy's own shape and vocabulary size.
        Assert.Equal(Integer(Measured([.. Call, "--force-length", "2"]), "parameters"), Integer(speed, "parameters"));
    }

    [Theory]
    [InlineData("int8")]
    [InlineData("bfloat16")]
    public void Weights_are_held_as_they_are_asked_for(string type)
    {
        JsonElement floats = Measured(["bench", "decode", "--shape", "tiny", "-i", toy.DevSource, "--force-length", "2", .. _short]);
        JsonElement packed = Measured(["bench", "decode", "--shape", "tiny", "-i", toy.DevSource, "--force-length", "2", "--compute-type", type, .. _short]);

        Assert.Equal(("float32", type), (floats.GetProperty("compute_type").GetString(), packed.GetProperty("compute_type").GetString()));
        Assert.InRange(packed.GetProperty("weight_bytes").GetDouble() / floats.GetProperty("weight_bytes").GetDouble(), 0.2, type == "int8" ? 0.3 : 0.55);
        Assert.True(packed.GetProperty("loading_s").GetDouble() > 0);
        Assert.Contains(packed.GetProperty("kernels").EnumerateArray(), kernel => kernel.GetProperty("name").GetString() == $"MatMulPacked {type}");
    }

    [Fact]
    public void Workers_share_the_sentences()
    {
        JsonElement speed = Measured([.. Call, "--workers", "2", "--batch", "1", "--force-length", "4"]);

        Assert.Equal((2, 2, 32), (Integer(speed, "workers"), Integer(speed, "threads"), Integer(speed, "target_tokens")));
    }

    [Fact]
    public void People_read_tables()
    {
        string text = Called.With([.. Call, "--batch", "1", "--greedy"]).MustSucceed();

        Assert.Matches(@"(?m)^loaded +in [\d,]+ ms, [\d.]+ MiB of weights$", text);
        Assert.Matches(@"(?m)^target tokens/s +[\d,]+ \(slowest round [\d,]+, fastest [\d,]+\)$", text);
        Assert.Matches(@"(?m)^sentences/s +[\d,.]+$", text);
        Assert.Matches(@"(?m)^ms a sentence +[\d.]+ \(95 % within [\d.]+, 99 % within [\d.]+\)$", text);
        Assert.Matches(@"(?m)^steps +[\d,]+ of 1\.0 hypotheses on average; [\d.]+ % of the time goes into reading the sentences$", text);
        Assert.Matches(@"(?m)^memory +[\d,]+ MiB resident at most while decoding$", text);
        Assert.Matches(@"(?m)^managed heap +[\d,]+ bytes a step", text);
        Assert.Matches(@"(?m)^machine +[\d.]+ GFLOP/s in products on one thread, .* reads [\d.]+ GB/s", text);
        Assert.Matches(@"(?m)^kernel +calls +ms +share % +GFLOP/s +GB/s$", text);
        Assert.Matches(@"(?m)^outside kernels +", text);
        Assert.Matches(@"(?m)^a step, timed +", text);
    }

    [Theory]
    [InlineData("The sentences to decode at once are 0; the number must be 1 to 1,000,000.", "--batch", "0")]
    [InlineData("The rounds to measure are 0; the number must be 1 to 1,000,000.", "--repeat", "0")]
    [InlineData("The warm-up is to take -1 seconds; it must be 0 to 3,600.", "--warm-up-seconds", "-1")]
    [InlineData("The pieces of every output are 0; the number must be 1 to 1,000,000.", "--force-length", "0")]
    [InlineData("The workers are 0; the number must be 1 to 256.", "--workers", "0")]
    [InlineData("--workers 2 have one thread each, but --threads is 2.", "--workers", "2", "--threads", "2")]
    [InlineData("--sentences is 0, but must be 1 or more.", "--sentences", "0")]
    [InlineData("--vocabulary has no effect without --shape.", "--vocabulary", "100")]
    [InlineData("Leave one of the two out.", "--shape", "tiny")]
    [InlineData("--compute-type is 'int4', but must be", "--compute-type", "int4")]
    [InlineData("--greedy is a beam of 1, but --beam is 3.", "--greedy", "--beam", "3")]
    public void Wrong_options_are_named(string sentence, params string[] options) =>
        Assert.Contains(sentence, Called.With(["bench", "decode", toy.Model, "-i", toy.DevSource, .. options]).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void Something_to_measure_is_needed()
    {
        Assert.Contains("There is nothing to measure: name a model's directory, or give --shape.", Called.With("bench", "decode").MustFail(2), StringComparison.Ordinal);
        Assert.Contains(
            "--shape is 'huge', but must be base, small, tiny, gru, lstm or a configuration file.",
            Called.With("bench", "decode", "--shape", "huge").MustFail(2), StringComparison.Ordinal);
        Assert.Contains(
            "has no sentence to decode: all its lines are empty.",
            Called.With("bench", "decode", toy.Model, "-i", Write("empty.txt", "\n\n")).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("There is no model directory nowhere.", Called.With("bench", "decode", "nowhere").MustFail(1), StringComparison.Ordinal);
    }

    private static int Integer(JsonElement speed, string name) => speed.GetProperty(name).GetInt32();

    private static JsonElement Measured(string[] call) => JsonDocument.Parse(Called.With([.. call, "--json"]).MustSucceed()).RootElement;

    private string Write(string name, string text)
    {
        File.WriteAllText(toy.File(name), text);
        return toy.File(name);
    }
}
