using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Training.Logs;
using Sequor.Training.Runs;

namespace Sequor.Tests.Training.Runs;

/// <summary>A run that is stopped or killed again and again ends where one that was left alone ends, in bits.</summary>
public sealed class ExactResumeTests : IDisposable
{
    private const int Updates = 22;

    private readonly string _directory = Directory.CreateTempSubdirectory("sequor-resume-").FullName;

    public ExactResumeTests()
    {
        string[] lines = [.. Enumerable.Range(0, 150).Select(i => string.Join(' ', Enumerable.Range(0, 1 + (i % 6)).Select(k => $"w{(i * (k + 3)) % 13}")))];
        File.WriteAllLines(At("train.source"), lines);
        File.WriteAllLines(At("train.target"), lines.Select(line => string.Join(' ', line.Split(' ').Reverse())));
        File.WriteAllLines(At("dev.source"), lines.Take(12));
        File.WriteAllLines(At("dev.target"), lines.Take(12));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(7, false)]
    [InlineData(4, true)]
    [InlineData(9, true)]
    public void Stopped_or_killed_every_few_updates_it_ends_in_the_same_bits(int every, bool killed)
    {
        Train(At("whole"), 0, false);
        TrainInParts(every, killed);

        Assert.Equal(Reached("whole"), Reached("parts"));
    }

    [Fact]
    public void A_mean_of_the_last_checkpoints_takes_none_that_a_stop_has_left()
    {
        string[] settings = ["training.average_last=3", "training.validate_every=100"];
        Train(At("whole"), 0, false, settings);
        TrainInParts(4, false, settings);

        Assert.Equal(Reached("whole"), Reached("parts"));
    }

    [Fact]
    public void A_run_stops_early_at_the_same_update_whether_it_was_stopped_before_or_not()
    {
        // A rate of nearly nothing: no validation can improve for long, and the plateau has fallen by then.
        string[] settings = ["training.learning_rate=1e-12", "training.max_updates=80", "training.early_stopping.patience=4"];
        Train(At("whole"), 0, false, settings);
        TrainInParts(3, false, settings);

        string[] reached = Reached("whole");
        Assert.Equal(reached, Reached("parts"));
        Assert.True(TrainingLog.Read(At("whole")).Updates[^1].Update < 80);
        Assert.True(TrainingLog.Read(At("whole")).Updates[^1].LearningRate < 0.6e-12);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void TrainInParts(int every, bool killed, params string[] settings)
    {
        for (int runs = 0; !Train(At("parts"), every, killed, settings); runs++)
        {
            Assert.True(runs < 2 * Updates, "The run gets nowhere.");
        }
    }

    /// <summary>Trains until the end or the next interruption.</summary>
    /// <returns>Whether the end was reached.</returns>
    private bool Train(string directory, int every, bool killed, params string[] settings)
    {
        using var stop = new CancellationTokenSource();
        int made = 0;
        var heard = new Heard
        {
            OnUpdate = _ =>
            {
                if (++made != every)
                {
                    return;
                }

                // A killed process saves nothing: what the log has beyond the last checkpoint must be cut away.
                if (killed)
                {
                    throw new OperationCanceledException();
                }

                stop.Cancel();
            },
        };
        try
        {
            TrainingRunResult result = TrainingRun.Train(Settings(settings), new TrainingRunOptions { Directory = directory }, heard, stop.Token);
            return result.Summary.EndedBy != TrainingEnd.Cancelled;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Everything that two equal runs have in common: hashes of weights, moments and average, the state without its clock, and the log.</summary>
    private string[] Reached(string run)
    {
        using ModelDirectory model = ModelDirectory.Open(At(run));
        using Checkpoint last = new CheckpointStore(Path.Combine(At(run), "checkpoints"), 3).Latest([])!;
        TrainingLog log = TrainingLog.Read(At(run));
        return [
            model.WeightsSha256,
            WeightsHash.Compute(last.Weights.Sources),
            WeightsHash.Compute(last.Optimizer.Sources),
            WeightsHash.Compute(last.MovingAverage!.Sources),
            last.State.DataPosition,
            .. last.State.Values.Where(pair => !pair.Key.Contains("elapsed", StringComparison.Ordinal)).Select(pair => $"{pair.Key} {pair.Value}").Order(),
            .. log.Updates.Select(entry => $"{entry.Update} {entry.Epoch} {entry.Loss:R} {entry.LearningRate:R} {entry.GradientNorm:R}"),
            .. log.Validations.Select(entry => $"{entry.Update} {entry.Loss:R} {entry.Accuracy:R} {entry.Bleu:R} {entry.IsBest}"),
        ];
    }

    private string At(string name) => Path.Combine(_directory, name);

    private SequorConfiguration Settings(string[] more) => SequorConfiguration.Parse(
        $$"""
        format_version: 1
        data:
          train: [{source: '{{At("train.source")}}', target: '{{At("train.target")}}'}]
          dev: {source: '{{At("dev.source")}}', target: '{{At("dev.target")}}'}
        vocabulary: {kind: word, size: 40}
        model: {encoder_layers: 1, decoder_layers: 1, width: 16, feed_forward_width: 32, heads: 2, dropout: 0.1, attention_dropout: 0.1}
        training:
          learning_rate: 0.01
          schedule: plateau
          decay_patience: 2
          warmup_updates: 3
          batch_tokens: 120
          accumulate: 2
          max_updates: {{Updates}}
          validate_every: 3
          validation_sentences: 4
          checkpoint_every: 5
          keep_checkpoints: 3
          log_every: 1
          ema_decay: 0.9
        decoding: {beam: 1}
        """,
        overrides: more);
}
