using System.Globalization;
using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Tensors.Autograd;

namespace Sequor.Training.Runs;

/// <summary>Between a trainer and the checkpoints of its run.</summary>
/// <param name="store">The checkpoints.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="startsAnew">Whether checkpoints of an earlier run, which may lie there, go once the first of this one is safe.</param>
internal sealed class RunCheckpoints(CheckpointStore store, long seed, bool startsAnew) : ICheckpoints
{
    private bool _clears = startsAnew;

    public string Save(Trainer trainer, bool isBest)
    {
        ParameterSet parameters = trainer.Model.Parameters;
        string path = store.Save(
            new CheckpointContents
            {
                State = StateOf(trainer),
                Weights = ParameterTensors.Of(parameters),
                Optimizer = ParameterTensors.Of(trainer.Optimizer.State),
                MovingAverage = trainer.Average is { } average ? ParameterTensors.Of(parameters, average.Values, "") : null,
            },
            isBest);
        if (_clears)
        {
            store.RemoveAllBut(path);
            _clears = false;
        }

        return path;
    }

    /// <summary>Puts a trainer where a checkpoint stands.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="trainer">A trainer of the same model and optimiser.</param>
    internal static void Restore(Checkpoint checkpoint, Trainer trainer)
    {
        ParameterSet parameters = trainer.Model.Parameters;
        ParameterTensors.Load(checkpoint.Weights, parameters);
        ParameterTensors.Load(checkpoint.Optimizer, trainer.Optimizer.State);
        if (trainer.Average is { } average && checkpoint.MovingAverage is { } saved)
        {
            ParameterTensors.Load(saved, parameters, [("", average.Values)]);
            average.Updates = checkpoint.State.Update;
        }

        trainer.Resume(StateOf(checkpoint.State, trainer.Options.Watch));
    }

    private TrainingState StateOf(Trainer trainer)
    {
        TrainerState state = trainer.State;
        var values = new Dictionary<string, string>
        {
            ["trainer.elapsed_seconds"] = state.ElapsedSeconds.ToString("R", CultureInfo.InvariantCulture),
            ["early_stopping.metric"] = trainer.Options.Watch.ToString(),
            ["early_stopping.waited"] = state.ValidationsWithoutImprovement.ToString(CultureInfo.InvariantCulture),
            ["early_stopping.best_update"] = state.BestUpdate.ToString(CultureInfo.InvariantCulture),
            ["schedule.state"] = state.Schedule,
        };
        if (state.Best is { } best)
        {
            values["early_stopping.best"] = best.ToString("R", CultureInfo.InvariantCulture);
        }

        return new TrainingState
        {
            Update = state.Update,
            Epoch = checked((int)state.Position.Epoch),
            Seed = seed,
            DataPosition = state.Position.ToString(),
            Environment = RunEnvironment.Current(trainer.Model.Parameters.Device.InstructionSet),
            Values = values,
        };
    }

    private static TrainerState StateOf(TrainingState saved, WatchedMeasure watch)
    {
        string Value(string key) => saved.Values.GetValueOrDefault(key, "");
        var state = new TrainerState
        {
            Update = saved.Update,
            Position = DataPosition.Parse(saved.DataPosition),
            ElapsedSeconds = double.Parse(Value("trainer.elapsed_seconds"), CultureInfo.InvariantCulture),
            ValidationsWithoutImprovement = int.Parse(Value("early_stopping.waited"), CultureInfo.InvariantCulture),
            BestUpdate = long.Parse(Value("early_stopping.best_update"), CultureInfo.InvariantCulture),
            Best = Value("early_stopping.best") is { Length: > 0 } best ? double.Parse(best, CultureInfo.InvariantCulture) : null,
            Schedule = Value("schedule.state"),
        };

        // What was best by one measure says nothing of another.
        string metric = Value("early_stopping.metric");
        return metric.Length == 0 || metric == watch.ToString() ? state : state with { Best = null, BestUpdate = 0, ValidationsWithoutImprovement = 0 };
    }
}
