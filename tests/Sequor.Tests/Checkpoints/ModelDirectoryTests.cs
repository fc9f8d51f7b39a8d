using Sequor.Checkpoints;
using Sequor.Configuration;

namespace Sequor.Tests.Checkpoints;

public sealed class ModelDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Model => _folder["model"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_comes_back_as_it_was_saved_and_describes_itself()
    {
        string hash = Contents(1).Save(Model);

        using ModelDirectory read = ModelDirectory.Open(Model);
        Assert.Equal(["card.json", "card.md", "config.yaml", "vocabulary.model", "weights.safetensors"], FileNames());
        Assert.Equal(Contents(1).Configuration with { Vocabulary = new() { Model = ["vocabulary.model"] } }, read.Configuration);
        Assert.Equal((hash, hash, 322L), (read.WeightsSha256, read.Card!.WeightsSha256, read.Card.Parameters));
        Assert.Equal(1, Samples.FirstWeight(read.Weights));
        Assert.Equal([Path.Combine(Model, "vocabulary.model")], read.VocabularyPaths);
        Assert.Empty(read.Warnings);
    }

    [Theory]
    [InlineData("config.yaml")]
    [InlineData("vocabulary.model")]
    [InlineData("weights.safetensors")]
    public void A_missing_file_is_named(string file)
    {
        Contents(1).Save(Model);
        File.Delete(Path.Combine(Model, file));

        Assert.Equal($"{Model} does not hold a whole model: {file} is missing.", Refusal());
    }

    [Fact]
    public void A_directory_that_does_not_exist_is_named() =>
        Assert.Equal($"There is no model directory {Model}.",
            Assert.Throws<DirectoryNotFoundException>(() => ModelDirectory.Open(Model)).Message);

    [Fact]
    public void Altered_weights_are_refused()
    {
        Contents(1).Save(Model);
        byte[] bytes = File.ReadAllBytes(Path.Combine(Model, "weights.safetensors"));
        bytes[^1] ^= 1;
        File.WriteAllBytes(Path.Combine(Model, "weights.safetensors"), bytes);

        Assert.Contains("weights.safetensors is damaged: its tensors were altered", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_vocabulary_is_refused()
    {
        Contents(1).Save(Model);
        File.WriteAllText(Path.Combine(Model, "vocabulary.model"), "other");

        Assert.Contains("vocabulary.model is not the vocabulary this model was trained with", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_card_is_refused_a_missing_or_older_one_is_a_warning()
    {
        Contents(1).Save(Model);
        string card = File.ReadAllText(Path.Combine(Model, "card.json"));
        File.WriteAllText(Path.Combine(Model, "card.json"), card[..40]);
        Assert.Contains("card.json is damaged", Refusal(), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(Model, "card.json"), card.Replace("\"weights_sha256\": \"", "\"weights_sha256\": \"0", StringComparison.Ordinal));
        Assert.Contains("describes other weights", Assert.Single(Warnings()), StringComparison.Ordinal);

        File.Delete(Path.Combine(Model, "card.json"));
        Assert.Contains("has no card.json", Assert.Single(Warnings()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_of_a_newer_format_is_refused()
    {
        Contents(1).Save(Model);
        File.WriteAllText(Path.Combine(Model, "config.yaml"), "format_version: 9");

        Assert.Contains("this file has format 9", Assert.Throws<ConfigurationException>(() => ModelDirectory.Open(Model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_different_model_is_not_overwritten_unless_that_is_said()
    {
        Contents(1).Save(Model);
        ModelContents other = Contents(2) with { Configuration = new() { Seed = 99 } };

        Assert.Contains("already holds a different model", Assert.Throws<ModelConflictException>(() => other.Save(Model)).Message, StringComparison.Ordinal);
        Assert.Equal(1, FirstWeight());

        other.Save(Model, replace: true);
        Assert.Equal(2, FirstWeight());
    }

    [Theory]
    [InlineData("seed: 2", true)]
    [InlineData("model: {dropout: 0.2}", true)]
    [InlineData("training: {learning_rate: 0.1}", true)]
    [InlineData("data: {lowercase: true}", true)]
    [InlineData("training: {max_updates: 7, threads: 3, checkpoint_every: 5, early_stopping: {patience: 4}}", false)]
    [InlineData("decoding: {beam: 9}", false)]
    [InlineData("data: {dev: {source: a, target: b}}", false)]
    [InlineData("vocabulary: {model: elsewhere/my.model}", false)]
    public void A_model_is_another_when_it_learns_otherwise_and_not_when_it_learns_longer(string yaml, bool different)
    {
        Contents(1).Save(Model);
        ModelContents next = Contents(2) with { Configuration = SequorConfiguration.Parse(yaml) };

        if (different)
        {
            Assert.Throws<ModelConflictException>(() => next.Save(Model));
        }
        else
        {
            next.Save(Model);
            Assert.Equal(2, FirstWeight());
        }
    }

    [Fact]
    public void Another_vocabulary_file_is_another_model()
    {
        Contents(1).Save(Model);
        ModelContents other = Contents(1) with { Vocabularies = [new("vocabulary.model", stream => stream.Write("x"u8))] };

        Assert.Throws<ModelConflictException>(() => other.Save(Model));
    }

    [Fact]
    public void Other_files_of_the_directory_stay()
    {
        Directory.CreateDirectory(Path.Combine(Model, "checkpoints"));
        File.WriteAllText(Path.Combine(Model, "log.jsonl"), "{}");
        Contents(1).Save(Model);
        Contents(2).Save(Model);

        Assert.True(File.Exists(Path.Combine(Model, "log.jsonl")) && Directory.Exists(Path.Combine(Model, "checkpoints")));
        Assert.Equal(2, FirstWeight());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_save_that_fails_at_any_step_leaves_a_model_that_opens(bool killed)
    {
        Contents(1).Save(Model);
        int steps = 0;
        for (bool saved = false; !saved; steps++)
        {
            saved = TrySave(() => Contents(2).Save(Model, replace: false, new FailingFileSystem(steps, killed)));
            using ModelDirectory read = ModelDirectory.Open(Model);
            Assert.Contains(Samples.FirstWeight(read.Weights), saved ? [2f] : new[] { 1f, 2f });
            Assert.Equal(read.Warnings.Count > 0, read.Card!.WeightsSha256 != read.WeightsSha256);
        }
        Assert.Equal(1, FirstWeight() - 1);
        Assert.InRange(steps, 20, 60);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_killed_save_left_is_gone_after_the_next_and_what_others_left_is_not(bool existing)
    {
        string other = _folder[".model.v2.2147483647-1.sequor-partial"];
        File.WriteAllText(other, "");
        if (existing)
        {
            Contents(1).Save(Model);
        }
        TrySave(() => Contents(1).Save(Model, replace: false, new FailingFileSystem(10, killed: true)));
        Assert.Contains(Directory.EnumerateFileSystemEntries(_folder.Path, "*.sequor-partial", SearchOption.AllDirectories), path => path != other);

        Contents(1).Save(Model);
        Assert.Equal([other], Directory.EnumerateFileSystemEntries(_folder.Path, "*.sequor-partial", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_new_directory_appears_whole_or_not_at_all()
    {
        int steps = 0;
        for (bool saved = false; !saved; steps++)
        {
            saved = TrySave(() => Contents(1).Save(Model, replace: false, new FailingFileSystem(steps)));
            Assert.Equal(saved, Directory.Exists(Model));
        }
        Assert.Equal(1, FirstWeight());
    }

    private static ModelContents Contents(float first) => new()
    {
        Configuration = new() { Vocabulary = new() { Model = ["data/my.model"] } },
        Weights = Samples.Weights(first),
        Vocabularies = [new("vocabulary.model", stream => stream.Write("pieces"u8))],
        Card = new() { Name = "test", Seed = 1 },
    };

    private static bool TrySave(Action save)
    {
        try
        {
            save();
            return true;
        }
        catch (IOException fault)
        {
            Assert.Contains("No space left on device.", fault.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private string[] FileNames() => [.. Directory.GetFiles(Model).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string Refusal() => Assert.Throws<ModelFormatException>(() => ModelDirectory.Open(Model)).Message;

    private IReadOnlyList<string> Warnings()
    {
        using ModelDirectory read = ModelDirectory.Open(Model);
        return read.Warnings;
    }

    private float FirstWeight()
    {
        using ModelDirectory read = ModelDirectory.Open(Model);
        return Samples.FirstWeight(read.Weights);
    }
}
