using Sequor.Configuration;

namespace Sequor.Tests.Configuration;

public sealed class SequorConfigurationTests
{
    [Fact]
    public void The_textbook_configuration_says_what_the_textbooks_say()
    {
        SequorConfiguration read = SequorConfiguration.Load(Path.Combine(RepositoryRoot(), "examples", "textbook", "transformer.yaml"));

        Assert.Equal((10_000, 128, 256, 8), (read.Vocabulary.Size, read.Model.Width, read.Model.FeedForwardWidth, read.Model.Heads));
        Assert.Equal((2, 2, 0.1), (read.Model.EncoderLayers, read.Model.DecoderLayers, read.Model.Dropout));
        Assert.Equal((64, 0.001, OptimizerChoice.Adam), (read.Training.BatchSentences, read.Training.LearningRate, read.Training.Optimizer.Name));
        Assert.Empty(read.Validate());
    }

    [Theory]
    [InlineData("transformer-tiny", 4, 4, 128, 256, 4)]
    [InlineData("transformer-small", 3, 3, 256, 1024, 8)]
    [InlineData("transformer-base", 6, 6, 512, 2048, 8)]
    public void A_preset_gives_the_sizes_it_is_named_for(string preset, int encoder, int decoder, int width, int feedForward, int heads)
    {
        ModelConfiguration model = SequorConfiguration.Parse($"model: {{preset: {preset}}}").Model;

        Assert.Equal((encoder, decoder, width, feedForward, heads),
            (model.EncoderLayers, model.DecoderLayers, model.Width, model.FeedForwardWidth, model.Heads));
        Assert.Equal(ModelConfiguration.For(model.Preset), model);
    }

    [Fact]
    public void A_key_beside_a_preset_overrides_it_wherever_the_preset_stands()
    {
        ModelConfiguration model = SequorConfiguration.Parse("model: {heads: 16, preset: transformer-base, decoder_layers: 2}").Model;

        Assert.Equal((6, 2, 512, 16), (model.EncoderLayers, model.DecoderLayers, model.Width, model.Heads));
    }

    [Fact]
    public void An_unknown_preset_is_one_fault_and_not_two() =>
        Assert.Single(Assert.Throws<ConfigurationException>(() => SequorConfiguration.Parse("model: {preset: transformer-tny}")).Faults);

    [Theory]
    [InlineData("model: {heads: 3}", "model.heads: 3 heads do not divide the width 128")]
    [InlineData("model: {positions: rotary, width: 12, heads: 4}", "model.positions: rotary positions need an even width per head, and 12 / 4 is 3")]
    [InlineData("model: {positions: sinusoidal, width: 15, heads: 5}", "model.positions: sinusoidal positions need an even width, and 15 is odd")]
    [InlineData("vocabulary: {joint: false}", "all embeddings can be one only with a joint vocabulary")]
    [InlineData("vocabulary: {model: [a, b]}", "vocabulary.model: a joint vocabulary has one file, and 2 are given")]
    [InlineData("vocabulary: {joint: false, model: a}\nmodel: {tie_embeddings: none}", "vocabulary.model: separate vocabularies have two files, source and target, and 1 given")]
    [InlineData("data: {train: [{source: a}]}", "data.train.0.source: a corpus of text files needs source and target, and target is missing")]
    [InlineData("data: {train: [{weight: 2}]}", "data.train.0.source: a corpus needs files")]
    [InlineData("data: {train: [{tsv: a, jsonl: b}]}", "a corpus has one form")]
    [InlineData("data: {train: [{tsv: a, source_column: x}]}", "data.train.0.source_column: expected the number of a TSV column, counted from 1, was given \"x\"")]
    [InlineData("data: {train: [{source: a, target: b, target_column: x}]}", "text files have no columns")]
    [InlineData("data: {dev: {source: a, target: b, weight: 2}}", "data.dev: a weight says how often")]
    [InlineData("data: {filters: {min_length: 9, max_length: 8}}", "data.filters.min_length: no pair has at least 9 and at most 8 pieces")]
    [InlineData("training: {schedule: noam, warmup_updates: 0}", "training.warmup_updates: the noam schedule rises during warm-up")]
    [InlineData("training: {schedule: cosine, max_updates: null}", "linear and cosine schedules must know their end")]
    [InlineData("training: {minimum_learning_rate: 1}", "minimum_learning_rate must not be above learning_rate")]
    [InlineData("training: {average_last: 6}", "the last 6 checkpoints cannot be averaged when 5 are kept")]
    [InlineData("training: {parameter_groups: [{learning_rate_factor: 0.1}]}", "training.parameter_groups.0.match: a group needs a pattern")]
    [InlineData("decoding: {n_best: 6}", "a beam of 5 holds no 6 hypotheses")]
    [InlineData("decoding: {min_length: 9, max_length: 8}", "no output has at least 9 and at most 8 pieces")]
    [InlineData("decoding: {min_length_ratio: 3}", "min_length_ratio must not be above max_length_ratio")]
    public void Settings_that_exclude_each_other_are_a_fault(string yaml, string sentence)
    {
        ConfigurationException thrown = Assert.Throws<ConfigurationException>(() => SequorConfiguration.Parse(yaml));

        Assert.Contains(sentence, Assert.Single(thrown.Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_over_several_settings_waits_until_each_is_sound()
    {
        ConfigurationException thrown = Assert.Throws<ConfigurationException>(() => SequorConfiguration.Parse("model: {heads: 3, width: wide}"));

        Assert.Equal("model.width", Assert.Single(thrown.Faults).Path);
    }

    [Fact]
    public void A_record_made_in_code_is_held_to_the_same_bounds_and_rules()
    {
        var wrong = new SequorConfiguration
        {
            Model = new() { Width = 0, Dropout = 1 },
            Training = new() { MaxMinutes = double.NaN, AverageLast = 9, Schedule = (ScheduleChoice)99 },
            Data = new() { Train = [new() { Source = "a" }] },
        };

        Assert.Equal(
        [
            "data.train.0.source: a corpus of text files needs source and target, and target is missing",
            "model.width: expected a whole number from 1 to 65536, was given 0",
            "model.dropout: expected a number of at least 0 and below 1, was given 1",
            "training.schedule: expected one of constant, inverse_sqrt, noam, linear, cosine, exponential, plateau, was given 99",
            "training.max_minutes: expected a number above 0, or nothing, was given NaN",
            "training.average_last: the last 9 checkpoints cannot be averaged when 5 are kept; raise keep_checkpoints",
        ],
        wrong.Validate().Select(fault => fault.ToString()));
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sequor.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository, beneath Sequor.slnx.");
    }
}
