using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Text;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

namespace Sequor.Tests.Training.Runs;

public sealed class TrainingRunTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-run-").FullName;

    public TrainingRunTests()
    {
        string[] lines = [.. Enumerable.Range(0, 120).Select(i => $"w{i % 7} w{i % 11} w{i % 5}")];
        File.WriteAllLines(At("train.source"), lines);
        File.WriteAllLines(At("train.target"), lines.Select(line => string.Join(' ', line.Split(' ').Reverse())));
        File.WriteAllLines(At("dev.source"), lines.Take(10));
        File.WriteAllLines(At("dev.target"), lines.Take(10));
    }

    [Fact]
    public void A_run_leaves_a_model_that_describes_itself_a_log_and_a_report()
    {
        TrainingRunResult result = Train(Settings(6), At("run"));

        Assert.All(
            (string[])["config.yaml", "weights.safetensors", "vocabulary.vocab", "card.json", "card.md", "report.html", "training-log.jsonl"],
            file => Assert.True(File.Exists(Path.Combine(At("run"), file)), file));
        Assert.Equal(6, result.Summary.Update);
        Assert.Equal(TrainingEnd.UpdateLimit, result.Summary.EndedBy);
        using Translator translator = Translator.Load(At("run"));
        Assert.Equal(translator.Translate("w1 w2"), translator.Translate(["w3", "w1 w2"])[1]);
    }

    [Fact]
    public void Frozen_word_vectors_are_in_the_finished_model_and_their_coverage_is_told()
    {
        string vector = string.Join(' ', Enumerable.Repeat("0.25", 16));
        File.WriteAllText(At("vectors.txt"), $"w3 {vector}\nunheard {vector}\n");
        var heard = new Heard();
        TrainingRun.Train(
            Settings(3, "model.tie_embeddings=decoder", $"vocabulary.source_vectors={{path: {At("vectors.txt")}, freeze: true}}"),
            new TrainingRunOptions { Directory = At("run"), Resume = false }, heard, TestContext.Current.CancellationToken);

        using ModelDirectory model = ModelDirectory.Open(At("run"));
        float[] row = new float[16];
        int id = Tokenizer.Load(At("run/vocabulary.vocab")).Vocabulary.IdOf("w3");
        model.Weights.ReadFloats("encoder.embedding.weight", 16L * id, row);
        Assert.All(row, value => Assert.Equal(0.25f, value));
        Assert.Contains(heard.Messages, message => message.StartsWith("source vectors: found 1 of ", StringComparison.Ordinal));
        ConfigurationException fault = Assert.Throws<ConfigurationException>(() => TrainingRun.Train(
            Settings(3, $"vocabulary.source_vectors.path={At("vectors.txt")}"),
            new TrainingRunOptions { Directory = At("tuned"), InitializeFrom = At("run") }, heard, TestContext.Current.CancellationToken));
        Assert.Contains("the embeddings come from the model that is trained on", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alignments_guide_a_recurrent_run_which_resumes_in_the_same_bits()
    {
        File.WriteAllLines(At("train.align"), Enumerable.Repeat("2-0 1-1 0-2", 120));
        SequorConfiguration Guided(int updates, double weight = 0.5) => SequorConfiguration.Parse(
            $$"""
            data:
              train: [{source: '{{At("train.source")}}', target: '{{At("train.target")}}', alignments: '{{At("train.align")}}'}]
            vocabulary: {kind: word, size: 40}
            model: {preset: gru-bahdanau, dropout: 0.1}
            training: {max_updates: {{updates}}, learning_rate: 0.01, warmup_updates: 2, batch_tokens: 100}
            """,
            overrides: [FormattableString.Invariant($"training.guided_attention.weight={weight}"), "model.encoder.width=12", "model.decoder.width=12", "model.embedding_width=12", "model.attention.width=12"]);
        var heard = new Heard();
        TrainingRunResult Run(SequorConfiguration settings, string name) => TrainingRun.Train(
            settings, new TrainingRunOptions { Directory = At(name) }, heard, TestContext.Current.CancellationToken);

        Run(Guided(3), "two");
        Run(Guided(6), "two");
        Run(Guided(6), "one");
        Run(Guided(6, weight: 1e-9), "free");

        Assert.Equal(Weights("one"), Weights("two"));
        Assert.NotEqual(Weights("one"), Weights("free"));
        Assert.Contains("attention is guided by the alignments of 120 pairs", heard.Messages);
        Assert.Contains("decoder.layers.0", File.ReadAllText(At("one/training-log.jsonl")), StringComparison.Ordinal);
        Assert.Contains("Gradient through time, decoder.layers.0", File.ReadAllText(At("one/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Guidance_needs_alignments_and_a_model_that_can_be_guided()
    {
        File.WriteAllLines(At("train.align"), Enumerable.Repeat("0-0", 120));
        ConfigurationException nothing = Assert.Throws<ConfigurationException>(() => Settings(3, "training.guided_attention.weight=0.1"));
        Assert.Contains("no training corpus has alignments to guide by", nothing.Message, StringComparison.Ordinal);

        ConfigurationException blind = Assert.Throws<ConfigurationException>(() => Train(
            Settings(3, $"data.train.0.alignments={At("train.align")}", "training.guided_attention.weight=0.1", "model={preset: rnn-encdec}"), At("run")));
        Assert.Contains("training.guided_attention: this model tells no attention", blind.Message, StringComparison.Ordinal);

        var heard = new Heard();
        TrainingRun.Train(Settings(1, $"data.train.0.alignments={At("train.align")}"), new TrainingRunOptions { Directory = At("unused") }, heard, TestContext.Current.CancellationToken);
        Assert.Contains("the corpora's alignments are not used: training.guided_attention is not set", heard.Messages);
        Assert.Contains(
            "alignments guide training and have no meaning here",
            Assert.Throws<ConfigurationException>(() => Settings(3, $"data.dev.alignments={At("train.align")}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_holds_a_different_model_is_refused_and_stays_as_it_was()
    {
        Train(Settings(3), At("run"));
        byte[] before = File.ReadAllBytes(Path.Combine(At("run"), "weights.safetensors"));

        Assert.Throws<ModelConflictException>(() => Train(Settings(3, "model.width=32"), At("run")));

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(At("run"), "weights.safetensors")));
    }

    [Fact]
    public void A_stop_before_the_first_update_writes_over_nothing()
    {
        Train(Settings(3), At("run"));
        byte[] before = File.ReadAllBytes(Path.Combine(At("run"), "weights.safetensors"));
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => TrainingRun.Train(
            Settings(3), new TrainingRunOptions { Directory = At("run"), Resume = false }, new CompositeListener(), stop.Token));

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(At("run"), "weights.safetensors")));
    }

    [Fact]
    public void The_same_run_goes_on_where_it_ended_when_its_limit_is_raised()
    {
        Train(Settings(3, "training.schedule=constant"), At("two"));
        TrainingRunResult second = Train(Settings(6, "training.schedule=constant"), At("two"));
        Train(Settings(6, "training.schedule=constant"), At("one"));

        Assert.Equal(6, second.Summary.Update);
        Assert.Equal(WeightsOf("one"), WeightsOf("two"));
    }

    [Theory]
    [InlineData("training.optimizer.momentum=0")]
    [InlineData("training.optimizer.momentum=0.9")]
    public void A_run_with_factored_moments_goes_on_in_the_same_bits(string momentum)
    {
        string[] settings = ["training.optimizer.name=adafactor", momentum];
        Train(Settings(3, settings), At("two"));
        Train(Settings(6, settings), At("two"));
        Train(Settings(6, settings), At("one"));

        Assert.Equal(WeightsOf("one"), WeightsOf("two"));
        string last = Path.Combine(At("one"), "checkpoints", File.ReadAllText(Path.Combine(At("one"), "checkpoints", "last")).Trim());
        using Checkpoint checkpoint = Checkpoint.Open(last);
        Assert.Contains(checkpoint.Optimizer.Entries, entry => entry.Name == "row_mean.encoder.layers.0.self_attention.query.weight");
        Assert.Equal(momentum.EndsWith("0.9", StringComparison.Ordinal), checkpoint.Optimizer.Entries.Any(entry => entry.Name.StartsWith("first_moment.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Event_files_are_written_when_asked_one_for_each_run()
    {
        Train(Settings(2), At("without"));
        Assert.False(Directory.Exists(Path.Combine(At("without"), "tensorboard")));

        Train(Settings(2, "training.tensorboard=true", "training.log_every=1"), At("run"));
        Train(Settings(4, "training.tensorboard=true", "training.log_every=1"), At("run"));
        string[] files = Directory.GetFiles(Path.Combine(At("run"), "tensorboard"), "events.out.tfevents.*");
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Contains("train/loss", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_starts_anew_keeps_nothing_of_the_run_before()
    {
        string[] often = ["training.schedule=constant", "training.checkpoint_every=1", "training.average_last=2", "training.ema_decay=0"];
        Train(Settings(5, often), At("twice"));
        TrainingRun.Train(
            Settings(3, often), new TrainingRunOptions { Directory = At("twice"), Resume = false }, new CompositeListener(), TestContext.Current.CancellationToken);
        Train(Settings(3, often), At("once"));

        Assert.Equal(WeightsOf("once"), WeightsOf("twice"));
        Assert.DoesNotContain(Directory.EnumerateDirectories(Path.Combine(At("twice"), "checkpoints")), path => path.EndsWith('5') || path.EndsWith('4'));
    }

    [Fact]
    public void A_best_validation_by_another_measure_is_forgotten_on_resume()
    {
        string[] often = ["training.schedule=constant", "training.validate_every=1", "training.checkpoint_every=1"];
        Train(Settings(2, [.. often, "training.early_stopping.metric=accuracy"]), At("run"));
        TrainingRunResult second = Train(Settings(3, [.. often, "training.early_stopping.metric=loss"]), At("run"));

        // Minus the loss is below every accuracy: compared with one, it could never be the best.
        Assert.Equal(3, second.Summary.Best!.Update);
    }

    [Fact]
    public void Training_pairs_that_share_a_sentence_with_the_dev_set_are_left_out_when_asked()
    {
        var messages = new List<string>();

        TrainingRun.Train(
            Settings(2, "data.exclude_dev=true"), new TrainingRunOptions { Directory = At("run") }, new Messages(messages), TestContext.Current.CancellationToken);

        Assert.Contains(messages, message => message.StartsWith("left out ", StringComparison.Ordinal));
        Assert.DoesNotContain("training on 120 of 120 pairs", messages);
    }

    [Fact]
    public void A_run_without_corpora_and_one_with_a_missing_file_get_a_sentence()
    {
        ConfigurationException none = Assert.Throws<ConfigurationException>(() => Train(new SequorConfiguration(), At("run")));
        Assert.Contains("data.train", none.Message, StringComparison.Ordinal);

        File.Delete(At("train.target"));
        Assert.Contains("train.target", Assert.ThrowsAny<Exception>(() => Train(Settings(2), At("run"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_and_nothing_else_make_a_whole_configuration_with_a_dev_set_of_its_own()
    {
        File.WriteAllLines(At("train.source"), Enumerable.Range(0, 400).Select(i => $"the cat number {i} sat down"));
        File.WriteAllLines(At("train.target"), Enumerable.Range(0, 400).Select(i => $"die Katze Nummer {i} setzte sich"));

        AutomaticRun plan = AutomaticRun.Plan(At("train.source"), At("train.target"), At("auto"));

        Assert.Equal(400, plan.Report.PairsRead);
        string[] dev = File.ReadAllLines(plan.Configuration.Data.Dev!.Source!);
        Assert.Equal(plan.DevPairs, dev.Length);
        Assert.InRange(dev.Length, 20, 40);
        Assert.Empty(plan.Configuration.Validate());
        CorpusFilters filters = new() { DropDuplicates = true };
        IReadOnlySet<long> leaks = DevLeaks.Find(
            new FilteredPairs([new ParallelFiles(At("train.source"), At("train.target"))], new CorpusOptions { Filters = filters }),
            dev.Select(line => new SentencePair(line, line)));
        Assert.Equal(dev.Length, leaks.Count);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static TrainingRunResult Train(SequorConfiguration configuration, string directory) => TrainingRun.Train(
        configuration, new TrainingRunOptions { Directory = directory }, new CompositeListener(), TestContext.Current.CancellationToken);

    private string At(string name) => Path.Combine(_directory, name);

    private string WeightsOf(string run)
    {
        using ModelDirectory model = ModelDirectory.Open(At(run));
        return model.WeightsSha256;
    }

    private byte[] Weights(string run) => File.ReadAllBytes(Path.Combine(At(run), "weights.safetensors"));

    private SequorConfiguration Settings(int updates, params string[] more) => SequorConfiguration.Parse(
        $$"""
        format_version: 1
        data:
          train: [{source: '{{At("train.source")}}', target: '{{At("train.target")}}'}]
          dev: {source: '{{At("dev.source")}}', target: '{{At("dev.target")}}'}
        vocabulary: {kind: word, size: 40}
        model: {encoder_layers: 1, decoder_layers: 1, width: 16, feed_forward_width: 32, heads: 2, dropout: 0.1}
        training: {learning_rate: 0.01, warmup_updates: 2, batch_tokens: 200, max_updates: {{updates}}, ema_decay: 0.9}
        decoding: {beam: 2}
        """,
        overrides: more);

    private sealed class Messages(List<string> heard) : ITrainingListener
    {
        public void Started(TrainingStart start)
        {
        }

        public void Updated(TrainingLogEntry entry)
        {
        }

        public void Validated(ValidationEntry entry)
        {
        }

        public void Saved(string path)
        {
        }

        public void Message(string text) => heard.Add(text);

        public void Finished(TrainingSummary summary)
        {
        }
    }
}
