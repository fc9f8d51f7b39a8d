using Sequor.Batching;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Training.Logs;

namespace Sequor.Training.Runs;

/// <summary>What a run will cost on this machine, from some of its own updates, made and thrown away.</summary>
/// <param name="SecondsPerUpdate">Wall time of one update.</param>
/// <param name="TargetTokensPerSecond">Target pieces learnt from per second.</param>
/// <param name="UpdatesPerEpoch">Updates in one pass over the data.</param>
/// <param name="Memory">What those updates needed: model, largest batch, and the whole process with its text and code.</param>
/// <param name="Report">What was kept and dropped of the corpora.</param>
public sealed record RunEstimate(
    double SecondsPerUpdate, double TargetTokensPerSecond, long UpdatesPerEpoch, TrainingMemory Memory, CorpusReport Report)
{
    private const int WarmingUpdates = 4;
    private const double MeasuredSeconds = 4;
    private const int MostUpdates = 200;

    /// <summary>Measures. Vocabularies that do not exist yet are learnt and stay in the run's directory; nothing else is kept.</summary>
    /// <param name="configuration">The run.</param>
    /// <param name="options">Its directory.</param>
    /// <param name="message">Hears what is being done.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public static RunEstimate Measure(
        SequorConfiguration configuration, TrainingRunOptions options, Action<string> message, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        using RunSetup setup = RunSetup.Open(configuration, options, message, stop);
        TrainingConfiguration training = setup.Configuration.Training;
        var clock = new UpdateClock(options.Time);
        using var trainer = new Trainer(
            setup.Model, setup.Loss, training.BuildOptimizer(setup.Model.Parameters), training.BuildSchedule(setup.Configuration.Model.ScheduleWidth),
            new TrainerOptions
            {
                MaxUpdates = MostUpdates,
                Accumulate = training.Accumulate,
                ClipNorm = (float)training.ClipNorm,
                LogEvery = 1,
                EmaDecay = (float)training.EmaDecay,
                Feeding = training.Feeding.ToFeedingOptions(),
                Seed = (ulong)setup.Seed,
            },
            options.Time);
        RunSetup.CollectLeftovers();
        using (ITrainingBatches batches = new PrefetchedBatches(setup.Corpus.Batches(setup.BatchOptions)))
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Enough, stop);
            trainer.Run(batches, clock, stop: either.Token);
            stop.ThrowIfCancellationRequested();
        }

        return new RunEstimate(
            clock.SecondsPerUpdate, clock.TokensPerSecond,
            Math.Max(1, setup.Corpus.EstimateBatchesPerEpoch(setup.BatchOptions) / training.Accumulate),
            trainer.Memory, setup.Corpus.Report);
    }

    /// <summary>Times updates after the first few, in which code is still being compiled and memory taken.</summary>
    private sealed class UpdateClock(TimeProvider time) : ITrainingListener
    {
        private readonly CancellationTokenSource _enough = new();
        private long _from;
        private double _tokens;
        private int _updates;

        internal CancellationToken Enough => _enough.Token;

        internal double SecondsPerUpdate { get; private set; }

        internal double TokensPerSecond { get; private set; }

        public void Started(TrainingStart start)
        {
        }

        public void Updated(TrainingLogEntry entry)
        {
            if (entry.Update <= WarmingUpdates)
            {
                _from = time.GetTimestamp();
                return;
            }

            _updates++;
            double seconds = time.GetElapsedTime(_from).TotalSeconds;
            _tokens += entry.TargetTokensPerSecond;
            (SecondsPerUpdate, TokensPerSecond) = (seconds / _updates, _tokens / _updates);
            if (seconds >= MeasuredSeconds)
            {
                _enough.Cancel();
            }
        }

        public void Validated(ValidationEntry entry)
        {
        }

        public void Saved(string path)
        {
        }

        public void Message(string text)
        {
        }

        public void Finished(TrainingSummary summary)
        {
        }
    }
}
