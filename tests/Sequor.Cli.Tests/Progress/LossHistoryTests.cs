using Sequor.Cli.Progress;

namespace Sequor.Cli.Tests.Progress;

public class LossHistoryTests
{
    [Fact]
    public void A_history_without_losses_draws_nothing() => Assert.Equal("", new LossHistory(8).Sparkline(10));

    [Fact]
    public void Heights_run_from_the_lowest_to_the_highest()
    {
        LossHistory history = new(16);
        for (int loss = 8; loss >= 1; loss--)
        {
            history.Add(loss);
        }

        Assert.Equal("█▇▆▅▄▃▂▁", history.Sparkline(8));
        Assert.Equal("█▆▃▁", history.Sparkline(4));
    }

    [Fact]
    public void A_full_history_joins_neighbours_and_keeps_its_beginning()
    {
        LossHistory history = new(4);
        for (int update = 0; update < 1000; update++)
        {
            history.Add(update < 500 ? 2 : 1);
        }

        string line = history.Sparkline(4);
        Assert.InRange(line.Length, 2, 4);
        Assert.Equal(('█', '▁'), (line[0], line[^1]));
    }

    [Fact]
    public void A_level_course_lies_on_the_ground()
    {
        LossHistory history = new(8);
        history.Add(3);
        history.Add(3);

        Assert.Equal("▁▁", history.Sparkline(8));
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_passed_over()
    {
        LossHistory history = new(8);
        history.Add(2);
        history.Add(double.NaN);
        history.Add(double.PositiveInfinity);
        history.Add(1);

        Assert.Equal("█▁", history.Sparkline(8));
    }
}
