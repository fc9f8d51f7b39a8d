using System.Text.Json;

namespace Sequor.Cli.Tests.Verbs;

/// <summary>quantize, and --compute-type of the verbs that decode.</summary>
public sealed class QuantizeVerbTests(ToyRun toy) : IClassFixture<ToyRun>
{
    [Theory]
    [InlineData("int8", "int8, ", "(F32, I8, I32)")]
    [InlineData("int7", "int7, ", "(F32, I8, I32)")]
    [InlineData("float16", "float16, ", "(F32, F16)")]
    [InlineData("bfloat16", "bfloat16, ", "(F32, BF16)")]
    public void A_quantised_model_says_what_it_is_and_translates_as_the_model_packed_at_load(string type, string told, string storage)
    {
        string output = toy.File(type);
        Called call = Called.With("quantize", toy.Model, "--type", type, "-o", output);

        Assert.Equal("", call.MustSucceed());
        Assert.Matches($@"^[\d,]+ weights of .* stored as {type} in .*: [\d.]+ MB before, [\d.]+ MB after; largest relative error of a row \d\.\d\d ?% \(weights_sha256 [0-9a-f]{{64}}\)\n$", call.Errors);
        string text = Called.With("info", output).MustSucceed();
        Assert.Matches($@"(?m)^weights +{told}", text);
        Assert.Matches(
            type.StartsWith("int", StringComparison.Ordinal) ? $@"(?m)^runs on +cpu \([^)]*\), {type} by (avx-vnni|plain|.* 16 bits|.* 7-bit products)$" : @"(?m)^runs on +cpu \([^)]*\)$",
            text);
        JsonElement info = JsonDocument.Parse(Called.With("info", output, "--json").MustSucceed()).RootElement;
        JsonElement before = JsonDocument.Parse(Called.With("info", toy.Model, "--json").MustSucceed()).RootElement;
        Assert.Equal(type, info.GetProperty("weight_type").GetString());
        Assert.Equal(before.GetProperty("parameters").GetInt64(), info.GetProperty("parameters").GetInt64());
        Assert.Equal(storage, $"({string.Join(", ", info.GetProperty("storage").EnumerateArray().Select(one => one.GetString()).OrderBy(name => name == "F32" ? 0 : name == "I32" ? 2 : 1))})");
        Assert.Equal(
            Called.On("the dog sees the tree\na cat\n", "translate", toy.Model, "--compute-type", type, "--json").MustSucceed(),
            Called.On("the dog sees the tree\na cat\n", "translate", output, "--json").MustSucceed());
    }

    [Fact]
    public void With_verbose_every_matrix_is_told_with_its_error()
    {
        string errors = Called.With("quantize", toy.Model, "-o", toy.File("verbose"), "--verbose") is { Code: 0 } call ? call.Errors : "failed";

        Assert.Matches(@"(?m)^1 of \d+: embedding.weight \[60, 32\], largest relative error of a row \d\.\d\d ?%$", errors);
        Assert.Contains("self_attention.query.weight+", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_watches_sees_how_far_it_is_on_one_line_which_is_cleared()
    {
        using StringWriter errors = new() { NewLine = "\n" };
        Terminal watched = new() { Input = Stream.Null, Output = Stream.Null, Errors = errors, IsWatched = true };
        Assert.Equal(0, CommandLine.Run(["quantize", toy.Model, "-o", toy.File("watched")], watched));

        string text = errors.ToString();
        Assert.StartsWith($"reading {toy.Model}\r\e[Kquantised 1 of ", text, StringComparison.Ordinal);
        Assert.Matches("\r\e\\[Kwriting the model\r\e\\[K[0-9,]+ weights of .*\n$", text);
        Assert.DoesNotContain("\e", Called.With("quantize", toy.Model, "-o", toy.File("unwatched")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_quantised_does_not_train_and_is_not_overwritten()
    {
        string output = toy.File("final");
        Called.With("quantize", toy.Model, "-o", output).MustSucceed();

        Assert.Contains("cannot be trained on", Called.With("train", toy.Configuration, "--out", toy.File("tuned"), "--init-from", output).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("cannot be averaged", Called.With("average", output, "-o", toy.File("averaged")).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("cannot be quantised again", Called.With("quantize", output, "-o", toy.File("again")).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("which is a file", Called.With("quantize", toy.Model, "-o", toy.Source).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("already holds", Called.With("quantize", toy.Model, "-o", output).MustFail(1), StringComparison.Ordinal);
        Assert.Contains("cannot be used as float32", Called.On("a cat\n", "translate", output, "--compute-type", "float32").MustFail(1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--type is 'int4', but must be float16, bfloat16, int8 or int7.", "quantize", "--type", "int4", "-o", "x")]
    [InlineData("--type is 'float32', but must be", "quantize", "--type", "float32", "-o", "x")]
    [InlineData("--compute-type is 'int4', but must be float32, float16, bfloat16, int8 or int7.", "translate", "--compute-type", "int4")]
    public void A_type_that_is_not_known_is_refused(string sentence, string verb, params string[] options) =>
        Assert.Contains(sentence, Called.With([verb, toy.Model, .. options]).MustFail(2), StringComparison.Ordinal);
}
