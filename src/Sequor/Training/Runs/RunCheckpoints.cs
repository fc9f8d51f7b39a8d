using System.Globalization;
using Sequor.Batching;
using Sequor.Checkpoints;
using Sequor.Tensors.Autograd;

namespace Sequor.Training.Runs;

/// <summary>Between a trainer and the checkpoints of its run.</summary>
/// <param name="store">The checkpoints.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class RunCheckpoints(CheckpointStore store, long seed) : ICheckpoints
{
    public string Save(Trainer trainer, bool isBest)
    {
        ParameterSet parameters = trainer.Model.Parameters;
        return store.Save(
            new CheckpointContents
            {
                State = StateOf(trainer),
                Weights = ParameterTensors.Of(parameters),
                Optimizer = ParameterTensors.Of(trainer.Optimizer.State),
                MovingAverage = trainer.Average is { } average ? ParameterTensors.Of(parameters, average.Values, "") : null,
            },
            isBest);
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

        trainer.Resume(StateOf(checkpoint.State));
    }

    private TrainingState StateOf(Trainer trainer)
    {
        TrainerState state = trainer.State;
        var values = new Dictionary<string, string>
        {
            ["trainer.elapsed_seconds"] = state.ElapsedSeconds.ToString("R", CultureInfo.InvariantCulture),
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

    private static TrainerState StateOf(TrainingState saved)
    {
        string Value(string key) => saved.Values.GetValueOrDefault(key, "");
        return new TrainerState
        {
            Update = saved.Update,
            Position = DataPosition.Parse(saved.DataPosition),
            ElapsedSeconds = double.Parse(Value("trainer.elapsed_seconds"), CultureInfo.InvariantCulture),
            ValidationsWithoutImprovement = int.Parse(Value("early_stopping.waited"), CultureInfo.InvariantCulture),
            BestUpdate = long.Parse(Value("early_stopping.best_update"), CultureInfo.InvariantCulture),
            Best = Value("early_stopping.best") is { Length: > 0 } best ? double.Parse(best, CultureInfo.InvariantCulture) : null,
            Schedule = Value("schedule.state"),
        };
    }
}
