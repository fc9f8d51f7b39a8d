using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Training.Logs;

namespace Sequor.Training.Runs;

/// <summary>A whole run from a configuration to a finished model directory: vocabularies, corpora, training, the best weights, scores, card and report.</summary>
public static class TrainingRun
{
    private const string CheckpointDirectory = "checkpoints";
    private const string TensorBoardDirectory = "tensorboard";

    /// <summary>Trains, or goes on training, until a limit is reached or a stop is asked for.</summary>
    /// <param name="configuration">What to train, on what and how.</param>
    /// <param name="options">Where, and from what.</param>
    /// <param name="listener">Hears what happens.</param>
    /// <param name="stop">Asks for a stop; the update at hand is finished and saved.</param>
    /// <exception cref="ConfigurationException">The configuration contradicts itself or does not fit the model.</exception>
    /// <exception cref="CorpusException">A corpus cannot be read, or nothing of it is left.</exception>
    /// <exception cref="ModelConflictException">The directory holds another model.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for before there was anything to save.</exception>
    /// <exception cref="TrainingDivergedException">A gradient is not a number; the last checkpoint is untouched.</exception>
    public static TrainingRunResult Train(
        SequorConfiguration configuration, TrainingRunOptions options, ITrainingListener listener, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(listener);
        using RunSetup setup = RunSetup.Open(configuration, options, listener.Message, stop);
        TrainingConfiguration training = setup.Configuration.Training;
        using var trainer = new Trainer(
            setup.Model, setup.Loss, training.BuildOptimizer(setup.Model.Parameters), training.BuildSchedule(setup.Configuration.Model.ScheduleWidth),
            TrainerOptionsOf(training, setup.Seed), options.Time);
        var store = new CheckpointStore(
            Path.Combine(options.Directory, CheckpointDirectory), Math.Max(training.KeepCheckpoints, training.AverageLast), training.CheckpointEvery);
        if (options.Resume)
        {
            Resume(store, trainer, listener);
        }

        using TrainingLogWriter log = TrainingLogWriter.Resume(options.Directory, trainer.State.Update);
        using var validation = setup.OpenValidation();
        using TensorBoardWriter? board = training.TensorBoard
            ? TensorBoardWriter.Start(Path.Combine(options.Directory, TensorBoardDirectory), trainer.State.Update, options.Time)
            : null;
        var everyone = new CompositeListener(board is null ? [log, listener] : [log, board, listener]);
        TrainingStart start = StartOf(setup, trainer);
        everyone.Started(start);
        TrainingEnd end;
        RunSetup.CollectLeftovers();
        using (ITrainingBatches batches = new PrefetchedBatches(setup.Corpus.Batches(setup.BatchOptions, trainer.State.Position)))
        {
            end = trainer.Run(batches, everyone, validation, new RunCheckpoints(store, setup.Seed, startsAnew: !options.Resume), stop);
        }

        TrainingRunResult result = new RunFinish(setup, trainer, store, options, end, listener).Finish();
        everyone.Finished(result.Summary);
        return result;
    }

    private static void Resume(CheckpointStore store, Trainer trainer, ITrainingListener listener)
    {
        foreach (string leftover in store.Leftovers)
        {
            listener.Message(leftover);
        }

        var warnings = new List<string>();
        using Checkpoint? latest = store.Latest(warnings);
        warnings.ForEach(listener.Message);
        if (latest is null)
        {
            return;
        }

        foreach (string difference in latest.State.Environment.Differences(
            RunEnvironment.Current(trainer.Model.Parameters.Device.InstructionSet)))
        {
            listener.Message(difference);
        }

        RunCheckpoints.Restore(latest, trainer);
    }

    private static TrainingStart StartOf(RunSetup setup, Trainer trainer) => new()
    {
        Title = setup.Configuration.Name.Length > 0 ? setup.Configuration.Name : "model",
        Parameters = setup.Model.Parameters.Count,
        TrainingPairs = setup.Corpus.Report.PairsKept,
        ResumedUpdate = trainer.State.Update,
        ResumedSeconds = trainer.State.ElapsedSeconds,
        MaxUpdates = trainer.Options.MaxUpdates,
        MaxSeconds = trainer.Options.MaxTime?.TotalSeconds,
        MaxEpochs = trainer.Options.MaxEpochs is { } epochs ? checked((int)epochs) : null,
    };

    internal static TrainerOptions TrainerOptionsOf(TrainingConfiguration training, long seed) => new()
    {
        MaxUpdates = training.MaxUpdates,
        MaxEpochs = training.MaxEpochs,
        MaxTime = training.MaxMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        Accumulate = training.Accumulate,
        ClipNorm = (float)training.ClipNorm,
        ValidateEvery = training.ValidateEvery,
        CheckpointEvery = training.CheckpointEvery,
        LogEvery = training.LogEvery,
        EmaDecay = (float)training.EmaDecay,
        Feeding = training.Feeding.ToFeedingOptions(),
        Seed = (ulong)seed,
        Patience = training.EarlyStopping.Patience > 0 ? training.EarlyStopping.Patience : null,
        Watch = training.EarlyStopping.Metric switch
        {
            MetricChoice.Perplexity => WatchedMeasure.Perplexity,
            MetricChoice.Accuracy => WatchedMeasure.Accuracy,
            MetricChoice.Bleu => WatchedMeasure.Bleu,
            MetricChoice.Chrf => WatchedMeasure.Chrf,
            _ => WatchedMeasure.Loss,
        },
    };
}
