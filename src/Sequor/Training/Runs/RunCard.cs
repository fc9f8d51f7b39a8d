using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Training.Logs;
using Sequor.Training.Reports;

namespace Sequor.Training.Runs;

/// <summary>The card of a run's model: what is known of it without asking anyone.</summary>
internal static class RunCard
{
    internal static ModelCard Of(
        RunSetup setup, Trainer trainer, string testSet, IReadOnlyList<Scoring.MetricResult> metrics, string directory)
    {
        SequorConfiguration configuration = setup.Configuration;
        TrainerState state = trainer.State;
        TrainingLog log = TrainingLog.Read(directory);
        return new ModelCard
        {
            Name = configuration.Name,
            Description = configuration.Card.Description,
            License = configuration.Card.License,
            IntendedUse = configuration.Card.IntendedUse,
            KnownFailures = [.. configuration.Card.KnownFailures],
            SourceLanguage = configuration.Data.SourceLanguage,
            TargetLanguage = configuration.Data.TargetLanguage,
            TrainingData = [.. configuration.Data.Train.SelectMany(corpus => CorpusOf(corpus, setup))],
            Seed = setup.Seed,
            Metrics = [.. metrics.Select(metric => new CardMetric(
                metric.Name, testSet, metric.Score, metric.Signature, metric.Confidence?.Low, metric.Confidence?.High))],
            Curve = [.. log.Validations.Select(entry => new CardPoint(entry.Update, entry.Loss, entry.Bleu))],
            Training = new CardTraining(
                state.Update, state.Position.Epoch, state.ElapsedSeconds / 60,
                log.Updates.Count == 0 ? 0 : log.Updates.Average(entry => entry.TargetTokensPerSecond)),
            Machine = MachineOf(setup).ToString(),
            Software = $"Sequor {RunEnvironment.Current("").Build}",
        };
    }

    internal static MachineDescription MachineOf(RunSetup setup) =>
        MachineDescription.OfThisMachine(setup.Model.Parameters.Device.InstructionSet, setup.Model.Parameters.Device.Threads);

    /// <summary>One line for each file, so that each has its own hash.</summary>
    private static IEnumerable<CardCorpus> CorpusOf(CorpusConfiguration corpus, RunSetup setup)
    {
        long? pairs = setup.Configuration.Data.Train.Count == 1 ? setup.Corpus.Report.PairsKept : null;
        string[] files = corpus.Tsv is { } table ? [table] : corpus.JsonLines is { } lines ? [lines] : corpus.Source is { } source ? [source, corpus.Target!] : [corpus.Target!];
        return files.Select(file => new CardCorpus(
            Path.GetFileName(file), corpus.License ?? "not stated", Checksums.Of(file), pairs, corpus.Origin));
    }
}
