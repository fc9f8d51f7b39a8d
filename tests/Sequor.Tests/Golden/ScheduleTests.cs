using Sequor.Optimizers;

namespace Sequor.Tests.Golden;

/// <summary>Learning rates follow the formulas that their papers state.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData(512, 4000)]
    [InlineData(128, 7)]
    public void Noam_is_equation_3_of_Vaswani_et_al(int width, long warmup)
    {
        Schedule schedule = InverseSquareRootSchedule.Noam(2, width, warmup);
        foreach (long update in new[] { 1, 2, warmup - 1, warmup, warmup + 1, 10 * warmup, 100_000 })
        {
            double expected = 2 * Math.Pow(width, -0.5) * Math.Min(Math.Pow(update, -0.5), update * Math.Pow(warmup, -1.5));
            Near(expected, schedule.LearningRate(update));
        }
    }

    [Fact]
    public void Inverse_square_root_meets_its_peak_at_the_end_of_the_warmup()
    {
        var schedule = new InverseSquareRootSchedule(peak: 0.004f, warmupUpdates: 100, warmupFrom: 0.001f);
        Near(0.00103, schedule.LearningRate(1));
        Near(0.0025, schedule.LearningRate(50));
        Near(0.00397, schedule.LearningRate(99));
        Near(0.004, schedule.LearningRate(100));
        Near(0.002, schedule.LearningRate(400));
        Near(0.0004, schedule.LearningRate(10_000));
    }

    [Fact]
    public void Constant_stays_at_the_peak()
    {
        var schedule = new ConstantSchedule(0.5f, warmupUpdates: 4);
        float[] rates = [0.125f, 0.25f, 0.375f, 0.5f, 0.5f];
        Assert.Equal(rates, Enumerable.Range(1, 5).Select(update => schedule.LearningRate(update)));
        Assert.Equal(0.5f, new ConstantSchedule(0.5f).LearningRate(1));
    }

    [Fact]
    public void Linear_falls_in_a_straight_line_and_stays_at_its_share()
    {
        var schedule = new LinearSchedule(peak: 1, totalUpdates: 110, warmupUpdates: 10, finalShare: 0.2f);
        Near(1, schedule.LearningRate(10));
        Near(0.8, schedule.LearningRate(35));
        Near(0.6, schedule.LearningRate(60));
        Near(0.2, schedule.LearningRate(110));
        Near(0.2, schedule.LearningRate(1000));
    }

    [Fact]
    public void Cosine_falls_along_half_a_wave()
    {
        var schedule = new CosineSchedule(peak: 1, totalUpdates: 130, warmupUpdates: 10, finalShare: 0.1f);
        Near(1, schedule.LearningRate(10));
        Near(0.1 + (0.9 * 0.75), schedule.LearningRate(50));
        Near(0.55, schedule.LearningRate(70));
        Near(0.1 + (0.9 * 0.25), schedule.LearningRate(90));
        Near(0.1, schedule.LearningRate(130));
        Near(0.1, schedule.LearningRate(131));
    }

    [Fact]
    public void Exponential_halves_at_every_interval()
    {
        var schedule = new ExponentialSchedule(peak: 0.8f, decay: 0.5f, decayUpdates: 20, warmupUpdates: 5);
        Near(0.64, schedule.LearningRate(4));
        Near(0.8, schedule.LearningRate(5));
        Near(0.8 / Math.Sqrt(2), schedule.LearningRate(15));
        Near(0.4, schedule.LearningRate(25));
        Near(0.1, schedule.LearningRate(65));
    }

    [Fact]
    public void Plateau_falls_after_its_patience_and_remembers_how_long_it_waited()
    {
        var schedule = new PlateauSchedule(peak: 1, decay: 0.1f, patience: 2);
        schedule.Validated(improved: false);
        Near(1, schedule.LearningRate(50));
        schedule.Validated(improved: true);
        schedule.Validated(improved: false);
        Near(1, schedule.LearningRate(50));

        var resumed = new PlateauSchedule(peak: 1, decay: 0.1f, patience: 2);
        resumed.LoadState(schedule.SaveState());
        resumed.Validated(improved: false);
        Near(0.1, resumed.LearningRate(50));
        resumed.Validated(improved: false);
        resumed.Validated(improved: false);
        Near(0.01, resumed.LearningRate(50));
    }

    [Fact]
    public void A_plateau_state_that_is_not_one_is_refused() =>
        Assert.Contains("two whole numbers", Assert.Throws<ModelFormatException>(() => new PlateauSchedule(1, 0.5f, 1).LoadState("1 x")).Message);

    private static void Near(double expected, float actual) => Assert.InRange(actual / expected, 1 - 3e-7, 1 + 3e-7);
}
