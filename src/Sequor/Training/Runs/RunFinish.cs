using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Configuration;
using Sequor.Training.Logs;
using Sequor.Training.Reports;

namespace Sequor.Training.Runs;

/// <summary>What a run came to.</summary>
/// <param name="Summary">Why and when it ended.</param>
/// <param name="ModelDirectory">The finished model.</param>
/// <param name="ReportPath">The report.</param>
/// <param name="Metrics">Scores on the test set, or on the dev set when there is no test set; empty without either, or when the run was stopped.</param>
public sealed record TrainingRunResult(
    TrainingSummary Summary, string ModelDirectory, string ReportPath, IReadOnlyList<Scoring.MetricResult> Metrics);

/// <summary>Turns what was trained into a model directory with scores, card and report.</summary>
internal sealed class RunFinish(
    RunSetup setup, Trainer trainer, CheckpointStore store, TrainingRunOptions options, TrainingEnd end, ITrainingListener listener)
{
    private const string ReportFile = "report.html";

    internal TrainingRunResult Finish()
    {
        if (trainer.State.Update == 0 && end == TrainingEnd.Cancelled)
        {
            // Nothing was learnt: a model that stands in the directory is worth more than fresh weights.
            throw new OperationCanceledException("The run was stopped before its first update; nothing was written over.");
        }

        trainer.Trim();
        RunSetup.CollectLeftovers();
        TakeBestWeights();
        (string set, IReadOnlyList<SentencePair> pairs) = setup.Test.Count > 0 ? ("test", setup.Test) : ("dev", setup.Dev);

        // Someone who asks for a stop wants it soon: the model is saved, and `sequor evaluate` can score it any time.
        bool scores = end != TrainingEnd.Cancelled && pairs.Count > 0;
        RunScores scored = scores ? RunScores.Of(setup, pairs) : RunScores.None;
        TrainingSummary summary = SummaryOf();
        new ModelContents
        {
            Configuration = setup.Configuration,
            Weights = ParameterTensors.Of(setup.Model.Parameters, StoredAs(setup.Configuration.Training.Storage)),
            Vocabularies = [.. setup.Vocabularies.Paths.Select(path => VocabularyPart.CopyOf(Path.GetFileName(path), path))],
            Card = RunCard.Of(setup, trainer, set, scored.Metrics, options.Directory),
        }.Save(options.Directory, replace: true);
        string report = Path.GetFullPath(Path.Combine(options.Directory, ReportFile));
        HtmlReport.Save(RunReport.Of(setup, options, summary, set, scored) with
        {
            FineTuning = scores && !setup.Configuration.Data.IsLanguageModel && options.InitializeFrom is { } parent ? RunFineTuning.Compare(setup, parent, set, pairs, listener.Message) : null,
        }, report);
        return new TrainingRunResult(summary, Path.GetFullPath(options.Directory), report, scored.Metrics);
    }

    /// <summary>The mean of the last checkpoints when that is asked for; else the best validated weights; else the last ones.</summary>
    private void TakeBestWeights()
    {
        int average = setup.Configuration.Training.AverageLast;
        if (average > 1 && store.Paths.Count > 1)
        {
            using AveragedWeights mean = AveragedWeights.Open([.. store.Paths.TakeLast(average)]);
            listener.Message($"averaging the last {Math.Min(average, store.Paths.Count)} checkpoints");
            ParameterTensors.Load(mean.Tensors, setup.Model.Parameters);
        }
        else if (trainer.State.Best is not null && store.BestPath is { } best && end != TrainingEnd.Cancelled)
        {
            using Checkpoint checkpoint = Checkpoint.Open(best);
            ParameterTensors.Load(checkpoint.MovingAverage ?? checkpoint.Weights, setup.Model.Parameters);
        }
        else
        {
            trainer.Average?.TakePlace();
        }
    }

    private TrainingSummary SummaryOf() => new()
    {
        EndedBy = end,
        Update = trainer.State.Update,
        Epoch = checked((int)trainer.State.Position.Epoch) + 1,
        ElapsedSeconds = trainer.State.ElapsedSeconds,
        Best = TrainingLog.Read(options.Directory).Validations.LastOrDefault(entry => entry.IsBest),
        Memory = trainer.Memory,
        ModelDirectory = Path.GetFullPath(options.Directory),
    };

    private static StoredType StoredAs(StorageChoice storage) => storage switch
    {
        StorageChoice.Float16 => StoredType.F16,
        StorageChoice.BFloat16 => StoredType.BF16,
        _ => StoredType.F32,
    };
}
