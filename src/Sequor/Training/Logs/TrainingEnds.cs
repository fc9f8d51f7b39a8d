using System.ComponentModel;

namespace Sequor.Training.Logs;

/// <summary>The words for the reasons a training ends.</summary>
public static class TrainingEnds
{
    /// <summary>Says why a run ended, in a few lower-case words that fit into a sentence.</summary>
    /// <param name="end">The reason.</param>
    /// <returns>The words, for example <c>time limit reached</c>.</returns>
    /// <exception cref="InvalidEnumArgumentException">The reason is none of the named ones.</exception>
    public static string Describe(TrainingEnd end) => end switch
    {
        TrainingEnd.UpdateLimit => "update limit reached",
        TrainingEnd.EpochLimit => "epoch limit reached",
        TrainingEnd.TimeLimit => "time limit reached",
        TrainingEnd.EarlyStopping => "no further gain on the held-out data",
        TrainingEnd.Cancelled => "stopped on request",
        TrainingEnd.Diverged => "stopped because a number was no longer finite",
        _ => throw new InvalidEnumArgumentException(nameof(end), (int)end, typeof(TrainingEnd)),
    };
}
