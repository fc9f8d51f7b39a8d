using Sequor.Configuration;

namespace Sequor.Tests.Configuration;

public sealed class ConfigurationOverridesTests
{
    [Fact]
    public void Overrides_win_over_the_file_and_later_ones_over_earlier_ones()
    {
        SequorConfiguration read = Read("seed: 1\ntraining: {batch_tokens: 100}",
            "seed=2", "training.max-tokens=200", "seed=3", "data.train=[{source: a, target: b}]", "data.train.0.source=c", "model.gated=true");

        Assert.Equal((3L, 200, true), (read.Seed, read.Training.BatchTokens, read.Model.Gated));
        Assert.Equal(new CorpusConfiguration { Source = "c", Target = "b" }, Assert.Single(read.Data.Train));
    }

    [Theory]
    [InlineData("data.source_prefix=>>de<<", ">>de<<")]
    [InlineData("data.source_prefix=<2de> ", "<2de>")]
    [InlineData("data.source_prefix=a=b", "a=b")]
    [InlineData("data.source_prefix=*", "*")]
    [InlineData("data.source_prefix=", "null")]
    public void A_value_is_YAML_or_else_text(string change, string expected)
    {
        if (expected == "null")
        {
            Assert.Contains("data.source_prefix: expected text, was given nothing", Fault(change), StringComparison.Ordinal);
            return;
        }
        Assert.Equal(expected, Read("", change).Data.SourcePrefix);
    }

    [Theory]
    [InlineData("seed", "--set 1: expected section.key=value, was given \"seed\"")]
    [InlineData("=5", "--set 1: expected section.key=value, was given \"=5\"")]
    [InlineData("data..x=5", "--set 1: expected section.key=value, was given \"data..x=5\"")]
    [InlineData("seed.x=5", "--set 1: seed.x: seed is \"1\" and has no \"x\" that could be set")]
    [InlineData("data.train.1.source=x", "--set 1: data.train.1.source: data.train is a list and has no \"1\" that could be set")]
    [InlineData("sead=5", "--set 1: sead: unknown key \"sead\"; did you mean \"seed\"?")]
    [InlineData("training.seed=many", "--set 1: training.seed: expected a whole number from 0 to 9223372036854775807, or nothing, was given \"many\"")]
    [InlineData("data.train=[", "--set 1: data.train: expected a value in YAML, was given \"[\"")]
    [InlineData("model.heads=3", "--set 1: model.heads: 3 heads do not divide the width 128; choose a width that is a multiple of the heads")]
    public void A_fault_names_the_override_it_came_from(string change, string sentence) =>
        Assert.StartsWith(sentence, Fault(change), StringComparison.Ordinal);

    [Fact]
    public void The_second_override_is_called_the_second()
    {
        ConfigurationException thrown = Assert.Throws<ConfigurationException>(() => Read("", "seed=1", "seed=x"));

        Assert.Equal("--set 2", thrown.Faults[0].Origin.ToString());
    }

    private static SequorConfiguration Read(string yaml, params string[] overrides) =>
        SequorConfiguration.Parse(yaml, "a.yaml", overrides);

    private static string Fault(string change) => Assert.Throws<ConfigurationException>(
        () => Read("seed: 1\ndata: {train: [{source: a, target: b}]}", change)).Faults[0].ToString();
}
