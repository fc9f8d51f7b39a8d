using Sequor.Configuration;

namespace Sequor.Training.Runs;

/// <summary>What the decoder reads in a run, as its configuration describes it.</summary>
internal static class RunFeeding
{
    internal static TargetFeedingOptions? ToFeedingOptions(this FeedingConfiguration configuration) => configuration.Mode == FeedingChoice.Teacher
        ? null
        : new TargetFeedingOptions
        {
            Schedule = (configuration.Mode, configuration.Schedule) switch
            {
                (FeedingChoice.Free, _) => FeedingSchedule.Constant,
                (_, FeedingScheduleChoice.Linear) => FeedingSchedule.Linear,
                (_, FeedingScheduleChoice.Exponential) => FeedingSchedule.Exponential,
                _ => FeedingSchedule.InverseSigmoid,
            },
            Decay = configuration.Decay,
            Floor = configuration.Mode == FeedingChoice.Free ? 0 : configuration.Floor,
            Samples = configuration.Sample,
            TwoPasses = configuration.TwoPasses,
        };
}
