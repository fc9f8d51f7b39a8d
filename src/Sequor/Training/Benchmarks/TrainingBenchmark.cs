using Sequor.Batching;
using Sequor.Configuration;
using Sequor.Configuration.Building;
using Sequor.Tensors;
using Sequor.Tensors.Timing;
using Sequor.Training.Runs;

namespace Sequor.Training.Benchmarks;

/// <summary>Measures a configured training by some of its own updates. Nothing of it is kept.</summary>
public static class TrainingBenchmark
{
    // The way through the clocks is compiled in the first of these updates.
    private const int TimedWarmUp = 2;

    /// <summary>
    /// Builds corpus, vocabulary and model as a run does, and makes updates: first as a run makes them, for the speed, then on the same batches
    /// with a clock around each kernel, for the shares.
    /// </summary>
    /// <param name="configuration">The run.</param>
    /// <param name="options">How much is measured; defaults when left out.</param>
    /// <param name="message">Hears what is being done; null for nobody.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <exception cref="ArgumentException">The options are out of their ranges; the message lists every fault.</exception>
    /// <exception cref="ConfigurationException">The configuration contradicts itself or does not fit the model.</exception>
    /// <exception cref="CorpusException">A corpus cannot be read, or nothing of it is left.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    /// <exception cref="TrainingDivergedException">A gradient is not a number.</exception>
    public static TrainingBenchmarkResult Measure(
        SequorConfiguration configuration, BenchmarkOptions? options = null, Action<string>? message = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        options ??= new BenchmarkOptions();
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        // A run's own directory is left alone: it may hold a model.
        DirectoryInfo directory = Directory.CreateTempSubdirectory("sequor-bench-");
        try
        {
            CopyVocabulary(RunVocabularies.FileNames(configuration.Vocabulary), options.VocabularyDirectory, directory.FullName);
            var run = new TrainingRunOptions { Directory = directory.FullName, Resume = false, Time = options.Time };
            TimedDevice device = Device.Default.Timed();
            using RunSetup setup = RunSetup.Open(configuration, run, message ?? (_ => { }), stop, device);
            return Measure(setup, device, options, stop);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static TrainingBenchmarkResult Measure(RunSetup setup, TimedDevice device, BenchmarkOptions options, CancellationToken stop)
    {
        TrainingConfiguration training = setup.Configuration.Training;
        using var trainer = new Trainer(
            setup.Model, setup.Loss, training.BuildOptimizer(setup.Model.Parameters), training.BuildSchedule(setup.Configuration.Model.ScheduleWidth),
            TrainingRun.TrainerOptionsOf(training, setup.Seed) with { MaxUpdates = null, MaxEpochs = null, MaxTime = null, Patience = null },
            options.Time);
        using var plain = new MeasuredBatches(new PrefetchedBatches(setup.Corpus.Batches(setup.BatchOptions)), options, training.Accumulate);
        IReadOnlyList<MeasuredUpdate> updates = Run(trainer, plain, stop);
        TrainingMemory memory = trainer.Memory;

        BenchmarkOptions again = options with { WarmUp = Math.Min(TimedWarmUp, options.Updates) };
        using var timed = new MeasuredBatches(
            new RepeatedBatches(plain.Measured, again.WarmUp * training.Accumulate), again, training.Accumulate, device.StartTiming);
        Run(trainer, timed, stop);
        KernelTimes kernels = device.StopTiming();
        return new TrainingBenchmarkResult
        {
            Name = setup.Configuration.Name.Length > 0 ? setup.Configuration.Name : "model",
            Parameters = setup.Model.Parameters.Count,
            Accumulate = training.Accumulate,
            Updates = updates,
            Kernels = kernels,
            Memory = memory,
            ManagedBytesOfAllThreads = plain.ProcessBytes,
            OldestCollections = plain.OldestCollections,
            Batches = plain.Measured,
            Source = setup.Vocabularies.Source.Vocabulary,
            Target = setup.Vocabularies.Target.Vocabulary,
            Threads = device.Threads,
            InstructionSet = device.InstructionSet,
        };
    }

    private static IReadOnlyList<MeasuredUpdate> Run(Trainer trainer, MeasuredBatches batches, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(batches.Enough, stop);
        trainer.Run(batches, stop: either.Token);
        stop.ThrowIfCancellationRequested();
        return batches.End();
    }

    private static void CopyVocabulary(string[] names, string? from, string to)
    {
        foreach (string file in from is null ? [] : names)
        {
            string path = Path.Combine(from!, file);
            if (File.Exists(path))
            {
                File.Copy(path, Path.Combine(to, file));
            }
        }
    }
}
