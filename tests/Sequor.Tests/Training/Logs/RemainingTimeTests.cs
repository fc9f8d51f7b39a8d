using Sequor.Training.Logs;

namespace Sequor.Tests.Training.Logs;

public class RemainingTimeTests
{
    [Fact]
    public void Nothing_is_guessed_without_a_limit() =>
        Assert.Null(RemainingTime.Estimate(new TrainingStart { Title = "a", MaxEpochs = 3 }, 10, 5));

    [Fact]
    public void The_pace_so_far_gives_the_time_to_the_last_update() =>
        Assert.Equal(45, RemainingTime.Estimate(new TrainingStart { Title = "a", MaxUpdates = 100 }, 10, 5));

    [Fact]
    public void The_pace_is_that_of_this_run_alone_after_a_resume()
    {
        TrainingStart start = new() { Title = "a", MaxUpdates = 100, ResumedUpdate = 50, ResumedSeconds = 1000 };

        Assert.Null(RemainingTime.Estimate(start, 50, 1000));
        Assert.Equal(80, RemainingTime.Estimate(start, 60, 1020));
    }

    [Fact]
    public void The_limit_that_comes_first_counts()
    {
        TrainingStart start = new() { Title = "a", MaxUpdates = 100, MaxSeconds = 20 };

        Assert.Equal(15, RemainingTime.Estimate(start, 10, 5));
        Assert.Equal(4, RemainingTime.Estimate(start, 80, 16));
        Assert.Equal(0, RemainingTime.Estimate(start, 80, 25));
    }
}
