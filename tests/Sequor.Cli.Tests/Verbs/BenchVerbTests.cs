using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>bench train. It sets the number of threads, which it may do only while nothing else computes.</summary>
[Collection(Alone)]
public sealed class BenchVerbTests(ToyRun toy) : IClassFixture<ToyRun>
{
    internal const string Alone = "alone";

    private const int Updates = 6;

    private string[] Call => ["bench", "train", toy.Configuration, "--vocabulary", toy.Model, "--warm-up", "3", "--updates", "6", "--peak-seconds", "0.02"];

    [Fact]
    public void Programs_read_speed_memory_and_shares()
    {
        JsonElement speed = JsonDocument.Parse(Called.With([.. Call, "--json"]).MustSucceed()).RootElement;

        Assert.All(
            ["target_tokens_per_s", "target_tokens_per_s_overall", "seconds_per_update", "peak_rss_mb", "threads", "gflop_per_update", "gflops",
                "share_of_peak", "arena_bytes", "parameter_bytes", "timed_seconds_per_update"],
            (string name) => Assert.True(speed.GetProperty(name).GetDouble() > 0, name));
        Assert.NotEqual("", speed.GetProperty("isa").GetString());
        Assert.Equal(Updates, speed.GetProperty("updates").GetInt32());
        JsonElement[] kernels = [.. speed.GetProperty("kernels").EnumerateArray()];
        double shares = kernels.Sum(kernel => kernel.GetProperty("share").GetDouble()) + speed.GetProperty("outside_kernels_share").GetDouble();
        Assert.Equal(1, shares, 9);
        Assert.Contains(kernels, kernel => kernel.GetProperty("name").GetString() == "Attention");

        // 2 heads of 16 in a layer on each side; the toy's loss is over its 60 pieces.
        Assert.Contains(speed.GetProperty("products").EnumerateArray(), product =>
            (product.GetProperty("role").GetString(), product.GetProperty("n").GetDouble(), product.GetProperty("k").GetDouble()) == ("logits", 60, 32));
    }

    [Fact]
    public void Operations_are_those_of_the_model()
    {
        string file = toy.File("counted.jsonl");
        JsonElement speed = JsonDocument.Parse(Called.With([.. Call, "--json", "--write-batches", file]).MustSucceed()).RootElement;
        double rows = 0;
        double sourceRows = 0;
        double pairs = 0;
        foreach (JsonElement batch in File.ReadLines(file).Skip(1).Select(line => JsonDocument.Parse(line).RootElement))
        {
            foreach ((JsonElement source, JsonElement target) in batch.GetProperty("source").EnumerateArray().Zip(batch.GetProperty("target").EnumerateArray()))
            {
                (int s, int t) = (source.GetArrayLength(), target.GetArrayLength() + 1);
                (sourceRows, rows) = (sourceRows + s, rows + t);
                pairs += (s * s) + (t * (t + 1) / 2) + (t * s);
            }
        }

        // Weights of width 32: four of attention and two of feed-forward (64) on each side, queries and output of the second attention for
        // target rows, its keys and values for source rows, and 60 logits; forward and twice backward. Attention: 2 products forward, 4 back.
        double ofSource = (4 * 32 * 32) + (2 * 32 * 64) + (2 * 32 * 32);
        double ofTarget = (4 * 32 * 32) + (2 * 32 * 64) + (2 * 32 * 32) + (32 * 60);
        double operations = (3 * 2 * ((sourceRows * ofSource) + (rows * ofTarget))) + (6 * 2 * pairs * 32);
        Assert.Equal(operations / Updates / 1e9, speed.GetProperty("gflop_per_update").GetDouble(), 9);
        Assert.Equal(rows, speed.GetProperty("target_tokens").GetDouble());
    }

    [Fact]
    public void People_read_tables()
    {
        string text = Called.With(Call).MustSucceed();

        Assert.Matches(@"(?m)^target tokens/s +[\d,]+ \(quartiles [\d,]+ and [\d,]+; all updates together [\d,]+\)$", text);
        Assert.Matches(@"(?m)^machine's peak +GFLOP/s before and after: ", text);
        Assert.Matches(@"(?m)^memory +.* MiB for an update", text);
        Assert.Matches(@"(?m)^managed heap +[\d,]+ bytes an update on the training thread", text);
        Assert.Matches(@"(?m)^kernel +calls +ms +share % +GFLOP/s +GB/s$", text);
        Assert.Matches(@"(?m)^MatMul +\d", text);
        Assert.Matches(@"(?m)^outside kernels +", text);
        Assert.Matches(@"(?m)^(forward|dX|dW|logits( dX| dW)?) +[\d,]+ × [\d,]+ × [\d,]+ +\d", text);
    }

    [Fact]
    public void The_peak_can_be_left_out() =>
        Assert.DoesNotContain("peak", Called.With([.. Call[..^1], "0"]).MustSucceed(), StringComparison.Ordinal);

    [Fact]
    public void Written_batches_are_the_measured_ones_for_another_toolkit()
    {
        string file = toy.File("batches.jsonl");
        Called.With([.. Call, "--write-batches", file]).MustSucceed();
        JsonElement[] lines = [.. File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal(
            """{"vocabulary":60,"source_vocabulary":60,"pad":3,"bos":1,"eos":2,"accumulate":1}""", lines[0].GetRawText());
        Assert.Equal(1 + Updates, lines.Length);
        foreach (JsonElement batch in lines[1..])
        {
            int[][] sources = Ids(batch.GetProperty("source"));
            int[][] targets = Ids(batch.GetProperty("target"));
            Assert.Equal(sources.Length, targets.Length);
            Assert.All(sources, source => Assert.Equal((2, 1), (source[^1], source.Count(id => id == 2))));
            Assert.All(targets, target => Assert.DoesNotContain(target, id => id is 1 or 2));
            Assert.InRange(targets.Sum(target => target.Length + 1), 1, 400);
        }
    }

    [Fact]
    public void A_training_is_measured_without_leaving_anything_behind()
    {
        string[] before = Directory.GetFileSystemEntries(toy.Path);
        Called.With("bench", "train", toy.Configuration, "--updates", "1", "--warm-up", "0", "--peak-seconds", "0").MustSucceed();

        Assert.Equal(before, Directory.GetFileSystemEntries(toy.Path));
    }

    [Fact]
    public void Gradients_of_several_batches_are_one_update()
    {
        string file = toy.File("accumulated.jsonl");
        JsonElement speed = JsonDocument.Parse(Called.With(
            [.. Call, "--json", "--write-batches", file, "--set", "training.accumulate=2"]).MustSucceed()).RootElement;

        Assert.Equal((Updates, 2), (speed.GetProperty("updates").GetInt32(), speed.GetProperty("accumulate").GetInt32()));
        Assert.Equal(1 + (2 * Updates), File.ReadLines(file).Count());
    }

    [Theory]
    [InlineData("The updates to measure are 0; they must be 1 to 1,000,000.", "--updates", "0")]
    [InlineData("The updates to warm up are -1; they must be 0 to 1,000,000.", "--warm-up", "-1")]
    [InlineData("--peak-seconds is -1, but must be 0 to 60.", "--peak-seconds", "-1")]
    [InlineData("--vocabulary is 'nowhere', but there is no such directory.", "--vocabulary", "nowhere")]
    [InlineData("There is no option '--update' here. Did you mean '--updates'?", "--update", "3")]
    [InlineData("--threads is 0, but must be 1 to 256.", "--threads", "0")]
    public void Wrong_options_are_named(string sentence, params string[] options) =>
        Assert.Contains(sentence, Called.With(["bench", "train", toy.Configuration, .. options]).MustFail(2), StringComparison.Ordinal);

    [Fact]
    public void The_group_says_what_it_has()
    {
        Assert.StartsWith(
            "sequor bench: bench needs what is meant behind it: train", Called.With("bench").MustFail(2), StringComparison.Ordinal);
        Assert.StartsWith("sequor: bench has no 'trian'; it has train", Called.With("bench", "trian").MustFail(2), StringComparison.Ordinal);
        Assert.Contains("\nVerbs:\n  train  ", Called.With("bench", "--help").MustSucceed(), StringComparison.Ordinal);
        string help = Called.With("bench", "train", "--help").MustSucceed();
        Assert.Contains("Usage: sequor bench train CONFIG [options]", help, StringComparison.Ordinal);
        Assert.Contains("--write-batches FILE", help, StringComparison.Ordinal);
        Assert.Contains("Usage: sequor bench train CONFIG", Called.With("help", "bench", "train").MustSucceed(), StringComparison.Ordinal);
    }

    private static int[][] Ids(JsonElement sentences) =>
        [.. sentences.EnumerateArray().Select(sentence => sentence.EnumerateArray().Select(id => id.GetInt32()).ToArray())];
}

/// <summary>Tests that run when no others do.</summary>
[CollectionDefinition(BenchVerbTests.Alone, DisableParallelization = true)]
public sealed class AloneDefinition;
