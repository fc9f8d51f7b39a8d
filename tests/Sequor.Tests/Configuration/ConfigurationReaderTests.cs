using System.Text;
using Sequor.Configuration;

namespace Sequor.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Every_fault_of_a_file_is_reported_at_once_with_its_line_column_and_key()
    {
        string[] faults = FaultsOf("""
            training:
              batch_tokens: many
              label_smoothing: 1.5
              warmup_updates: -1
            model:
              dropuot: 0.1
              norm: lyer
            decoding:
              beam: [1, 2]
            """);

        Assert.Equal(
        [
            "a.yaml:7:9: model.norm: expected one of layer, rms, was given \"lyer\"; did you mean \"layer\"?",
            "a.yaml:4:19: training.warmup_updates: expected a whole number from 0 to 9007199254740992, was given \"-1\"",
            "a.yaml:3:20: training.label_smoothing: expected a number of at least 0 and below 1, was given \"1.5\"",
            "a.yaml:2:17: training.batch_tokens: expected a whole number from 1 to 268435456, was given \"many\"",
            "a.yaml:9:9: decoding.beam: expected a whole number from 1 to 4096, was given a list",
            "a.yaml:6:3: model.dropuot: unknown key \"dropuot\"; did you mean \"dropout\"?",
        ],
        faults);
    }

    [Theory]
    [InlineData("trainning: {}", "unknown key \"trainning\"; did you mean \"training\"?")]
    [InlineData("zzz: 1", "unknown key \"zzz\"; this section knows format_version, name, seed, data, vocabulary, model, training, decoding")]
    [InlineData("training: 5", "training: expected a section of keys and values, was given \"5\"")]
    [InlineData("training: [1]", "training: expected a section of keys and values, was given a list")]
    [InlineData("seed:", "seed: expected a whole number from 0 to 9223372036854775807, was given nothing")]
    [InlineData("seed: \"5\"", "seed: expected a whole number from 0 to 9223372036854775807, was given the quoted text \"5\"")]
    [InlineData("seed: 1.5", "was given \"1.5\"")]
    [InlineData("data: {lowercase: yes}", "data.lowercase: expected true or false, was given \"yes\"")]
    [InlineData("training: {clip_norm: .nan}", "training.clip_norm: expected a number of at least 0, was given \".nan\"")]
    [InlineData("training: {learning_rate: 0}", "training.learning_rate: expected a number above 0, was given \"0\"")]
    [InlineData("training: {freeze: [a, {b: c}]}", "training.freeze.1: expected text, was given a section")]
    [InlineData("data: {train: [a.txt]}", "data.train.0: expected a section of keys and values, was given \"a.txt\"")]
    [InlineData("- 1\n- 2", "a configuration is a section of keys and values, and this file is a list")]
    [InlineData("seed: 1\n---\nseed: 2", "a second YAML document begins here")]
    [InlineData("seed: *nothing", "no value before this one is named &nothing")]
    [InlineData("seed: [1", "this is not YAML")]
    [InlineData("a: b: c", "this is not YAML")]
    [InlineData("data:\n\tnfc: true", "this is not YAML")]
    [InlineData("? [a]\n: 1", "a key must be a plain name")]
    public void What_is_wrong_is_said_in_a_sentence(string yaml, string sentence) =>
        Assert.Contains(FaultsOf(yaml), fault => fault.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void A_key_that_stands_twice_is_a_fault_that_names_both_lines() =>
        Assert.Equal(["a.yaml:3:1: seed: this key stands twice in its section, first at a.yaml:1:1"],
            FaultsOf("seed: 1\nname: x\nseed: 2"));

    [Fact]
    public void Two_names_of_one_key_are_a_fault() =>
        Assert.Equal(["a.yaml:3:3: training.batch_tokens: \"max-tokens\" is another name of \"batch_tokens\" at a.yaml:2:3; keep one of them"],
            FaultsOf("training:\n  batch_tokens: 1\n  max-tokens: 2"));

    [Fact]
    public void Names_that_users_know_from_elsewhere_are_understood()
    {
        SequorConfiguration read = SequorConfiguration.Parse("""
            training: {max-tokens: 2_048, lr: 1e-3, batch_size: 64, max_steps: 1e5}
            decoding: {beam-size: 7, lenpen: 0.6}
            """);

        Assert.Equal((2048, 0.001, 64, 100_000L),
            (read.Training.BatchTokens, read.Training.LearningRate, read.Training.BatchSentences, read.Training.MaxUpdates));
        Assert.Equal((7, 0.6), (read.Decoding.Beam, read.Decoding.LengthPenalty));
    }

    [Fact]
    public void Text_is_never_taken_for_a_truth_value_or_a_number()
    {
        SequorConfiguration read = SequorConfiguration.Parse("name: 1e5\ndata: {source_language: no, target_language: 'null'}");

        Assert.Equal(("1e5", "no", "null"), (read.Name, read.Data.SourceLanguage, read.Data.TargetLanguage));
    }

    [Fact]
    public void Anchors_repeat_a_value_and_an_empty_file_is_all_defaults()
    {
        SequorConfiguration read = SequorConfiguration.Parse("seed: &s 7\ntraining: {seed: *s}");

        Assert.Equal(7, read.Training.Seed);
        Assert.Equal(new SequorConfiguration(), SequorConfiguration.Parse(""));
        Assert.Equal(new SequorConfiguration(), SequorConfiguration.Parse("# nothing\n"));
        Assert.Equal(new SequorConfiguration(), SequorConfiguration.Parse("\uFEFFtraining:\r\n"));
    }

    [Fact]
    public void Nesting_without_end_is_refused_before_the_stack_is_full() =>
        Assert.Contains("nested more than 64 deep", FaultsOf("seed: " + new string('[', 100_000))[0], StringComparison.Ordinal);

    [Fact]
    public void A_newer_format_is_refused_with_that_fault_alone() =>
        Assert.Equal(
            ["a.yaml:1:17: format_version: this file has format 2, and this version of Sequor reads formats up to 1; a newer Sequor reads it"],
            FaultsOf("format_version: 2\nunheard_of: 3"));

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_named_by_line_column_and_place()
    {
        string path = Path.Combine(Path.GetTempPath(), $"sequor-{Guid.NewGuid():N}.yaml");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes("seed: 1\nname: "), 0xE4, (byte)'\n']);
        try
        {
            ConfigurationException thrown = Assert.Throws<ConfigurationException>(() => SequorConfiguration.Load(path));
            Assert.Equal($"{path}:2:7: byte 14 (0xE4) is not UTF-8; save the file as UTF-8", thrown.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_file_is_an_IO_error() =>
        Assert.Throws<FileNotFoundException>(() => SequorConfiguration.Load("/nowhere-at-all.yaml"));

    private static string[] FaultsOf(string yaml) =>
        [.. Assert.Throws<ConfigurationException>(() => SequorConfiguration.Parse(yaml, "a.yaml")).Faults.Select(fault => fault.ToString())];
}
