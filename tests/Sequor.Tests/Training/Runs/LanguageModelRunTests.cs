using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.LanguageModels;
using Sequor.Scoring;
using Sequor.Text;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

namespace Sequor.Tests.Training.Runs;

/// <summary>Runs without sources: neural language models.</summary>
public sealed class LanguageModelRunTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-lm-").FullName;

    public LanguageModelRunTests()
    {
        // After a comes b, after b comes c: what follows is certain, only the length is not.
        string[] lines = [.. Enumerable.Range(0, 120).Select(i => string.Join(' ', "a b c d e".Split(' ').Take(2 + (i % 4))))];
        File.WriteAllLines(At("train.txt"), lines);
        File.WriteAllLines(At("dev.txt"), lines.Take(12).Append(""));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("model={encoder_layers: 1, decoder_layers: 1, width: 16, feed_forward_width: 32, heads: 2, dropout: 0}")]
    [InlineData("model={preset: rnn-encdec, embedding_width: 16, encoder: {kind: mean}, decoder: {width: 16}, dropout: 0}")]
    public void A_run_without_sources_learns_a_language_and_is_measured_by_perplexity(string model)
    {
        var heard = new Heard();
        TrainingRunResult result = Train(Settings(60, model), "run", heard);

        Assert.Contains("training a language model: no corpus has a source", heard.Messages);
        Assert.Contains("training on 120 of 120 pairs", heard.Messages);
        MetricResult perplexity = MetricOf(result);
        Assert.Equal("unit:piece|vocabulary:9|ends:yes", perplexity.Signature);
        // Where a sentence of length l may end there are at most four choices, else one.
        Assert.InRange(perplexity.Score, 1, 2.2);
        Assert.Null(TrainingLog.Read(At("run")).Validations[^1].Bleu);
        Assert.Equal(["a", "b", "c", "d", "e"], Tokenizer.Load(At("run/vocabulary.vocab")).Vocabulary.Pieces.Skip(4).Order(StringComparer.Ordinal));
        Assert.True(SequorConfiguration.Load(At("run/config.yaml")).Data.IsLanguageModel);
        using ModelDirectory saved = ModelDirectory.Open(At("run"));
        Assert.Equal("train.txt", Assert.Single(saved.Card!.TrainingData).Name);
        Assert.Equal(perplexity.Score, Assert.Single(saved.Card.Metrics).Score);
    }

    [Fact]
    public void A_resumed_run_ends_in_the_same_bits_also_from_files_read_anew()
    {
        foreach (string streaming in (string[])["never", "always"])
        {
            string[] more = [$"data.streaming={streaming}", "data.filters={min_length: 1, max_length: 20, max_ratio: 2}", "training.schedule=constant"];
            Train(Settings(3, more), "two-" + streaming);
            Train(Settings(7, more), "two-" + streaming);
            Train(Settings(7, more), "one-" + streaming);

            Assert.Equal(Weights("one-" + streaming), Weights("two-" + streaming));
        }
    }

    [Fact]
    public void Dev_sentences_are_left_out_by_their_targets_alone()
    {
        var heard = new Heard();
        Train(Settings(1, "data.exclude_dev=true", $"data.train=[{{target: '{At("train.txt")}'}}, {{target: '{At("other.txt")}'}}]"), "run", heard);

        // All of the first corpus stands in the dev set; the empty sources that all lines share give nobody away.
        Assert.Contains("left out 120 training pairs that share a sentence with the dev set", heard.Messages);
        Assert.Contains("training on 2 of 122 pairs", heard.Messages);
    }

    [Fact]
    public void A_text_is_scored_alike_alone_and_among_others_and_as_validation_measures_it()
    {
        TrainingRunResult result = Train(Settings(20), "run");
        using NeuralLanguageModel model = NeuralLanguageModel.Load(At("run"));
        string[] dev = File.ReadAllLines(At("dev.txt"));
        Perplexity[] together = [.. model.Score([.. dev.Where(line => line.Length > 0)])];

        Assert.Equal(MetricOf(result).Score, together.Aggregate((left, right) => left + right).Value, 1e-4);
        Assert.Equal(together[3], Assert.Single(model.Score([dev[3]])));
        Assert.Equal((1, 1), (model.Score([""])[0].Words, model.Score(["a what"])[0].UnknownWords));
        Assert.Empty(model.Score([]));
        string endless = string.Join(' ', Enumerable.Repeat("a", 5000));
        Assert.Contains("Text 2 has 5000 pieces", Assert.Throws<ArgumentException>(() => model.Score(["a", endless])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_pair_is_suspect_where_there_are_none() => Assert.Equal("no suspect pairs\n", AutomaticRun.FindSuspects(Settings(1, "data.dev=null")).ToString());

    [Fact]
    public void A_language_model_can_be_trained_on()
    {
        Train(Settings(2), "parent");
        TrainingRunResult tuned = TrainingRun.Train(
            Settings(2), new TrainingRunOptions { Directory = At("tuned"), InitializeFrom = At("parent") }, new CompositeListener(), TestContext.Current.CancellationToken);

        Assert.Equal("perplexity", MetricOf(tuned).Name);
    }

    [Theory]
    [InlineData("data.train=[{target: t}, {source: a, target: b}]", "data.train.0: this corpus has no source and others have")]
    [InlineData("data.dev.source=a", "data.dev: there is a source here, but the training corpora have none")]
    [InlineData("data.source_prefix=<de>", "data.source_prefix: the training corpora have no source to put it before")]
    [InlineData("vocabulary.joint=false", "vocabulary.joint: a language model has the pieces of its targets and no others")]
    [InlineData("training.early_stopping.metric=bleu", "training.early_stopping.metric: a language model translates nothing that could be scored")]
    [InlineData("data.train.0.alignments=a", "data.train.0.alignments: there is no source to align words with")]
    public void What_needs_a_source_is_refused(string setting, string sentence) => Assert.Contains(
        Assert.Throws<ConfigurationException>(() => Settings(1, setting, "model.tie_embeddings=none")).Faults,
        fault => fault.ToString().Contains(sentence, StringComparison.Ordinal));

    private static MetricResult MetricOf(TrainingRunResult result) => Assert.Single(result.Metrics);

    private TrainingRunResult Train(SequorConfiguration configuration, string name, ITrainingListener? listener = null)
    {
        File.WriteAllLines(At("other.txt"), ["e d c", "e a"]);
        return TrainingRun.Train(configuration, new TrainingRunOptions { Directory = At(name) }, listener ?? new CompositeListener(), TestContext.Current.CancellationToken);
    }

    private string At(string name) => Path.Combine(_directory, name);

    private byte[] Weights(string run) => File.ReadAllBytes(At(run + "/weights.safetensors"));

    private SequorConfiguration Settings(int updates, params string[] more) => SequorConfiguration.Parse(
        $$"""
        data:
          train: [{target: '{{At("train.txt")}}'}]
          dev: {target: '{{At("dev.txt")}}'}
        vocabulary: {kind: word, size: 40}
        model: {encoder_layers: 1, decoder_layers: 1, width: 16, feed_forward_width: 32, heads: 2, dropout: 0.1}
        training: {learning_rate: 0.02, warmup_updates: 5, batch_tokens: 200, max_updates: {{updates}}, label_smoothing: 0, ema_decay: 0.5, validate_every: 20}
        """,
        overrides: more);
}
