using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class TrainingStateTests
{
    [Fact]
    public void The_JSON_of_a_state_is_this()
    {
        Assert.Equal("""
            {
              "format_version": 1,
              "update": 5,
              "epoch": 3,
              "seed": 7,
              "data_position": "corpus 0, line 5",
              "build": "0.1.0+abc",
              "runtime": ".NET 10.0.1 X64",
              "instruction_set": "avx512",
              "values": {
                "early_stopping.best": "1.25",
                "schedule.kind": "noam"
              }
            }
            """, Json(Samples.Checkpoint(5).State));
    }

    [Fact]
    public void Any_state_comes_back_as_it_was_written() =>
        Check.QuickThrowOnFailure(Prop.ForAll<long, int, string>((update, epoch, value) =>
        {
            TrainingState written = new()
            {
                Update = update,
                Epoch = epoch,
                DataPosition = Valid(value),
                Values = new Dictionary<string, string> { [Valid(value)] = Valid(value), ["a key of its own: ü"] = "😀" },
            };
            TrainingState read = TrainingState.Read(Encoding.UTF8.GetBytes(Json(written)), "state.json");
            Assert.Equal(Json(written), Json(read));
            Assert.Equal((written.Update, written.Epoch, written.DataPosition), (read.Update, read.Epoch, read.DataPosition));
            Assert.Equal(written.Values, read.Values);
        }));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format_version\": 1}")]
    [InlineData("{\"format_version\": 1, \"update\": \"x\"}")]
    [InlineData("{\"format_version\": 1, \"update\": 1.5}")]
    [InlineData("{\"format_version\": 1, \"update\": 1, \"epoch\": 0, \"seed\": 0, \"data_position\": null}")]
    public void A_damaged_state_is_refused_with_its_name(string json) =>
        Assert.StartsWith("state.json is damaged: ", Refusal(json), StringComparison.Ordinal);

    [Fact]
    public void A_state_of_a_newer_format_is_refused_with_that_sentence() =>
        Assert.Equal("state.json has format 2, and this version of Sequor reads formats up to 1; a newer Sequor reads it.",
            Refusal("{\"format_version\": 2}"));

    [Fact]
    public void Each_difference_of_environment_is_a_sentence()
    {
        var then = new RunEnvironment("1.0", ".NET 10.0.1", "avx2");

        Assert.Empty(then.Differences(then));
        Assert.Equal(3, then.Differences(new("1.1", ".NET 10.0.2", "avx512")).Count);
        Assert.StartsWith("The checkpoint was written by the instruction set avx2, and this is avx512:",
            Assert.Single(then.Differences(then with { InstructionSet = "avx512" })), StringComparison.Ordinal);
        Assert.StartsWith("0.1.0", RunEnvironment.Current("x").Build, StringComparison.Ordinal);
    }

    private static string Valid(string? text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));

    private static string Json(TrainingState state)
    {
        using var stream = new MemoryStream();
        state.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Refusal(string json) =>
        Assert.Throws<ModelFormatException>(() => TrainingState.Read(Encoding.UTF8.GetBytes(json), "state.json")).Message;
}
