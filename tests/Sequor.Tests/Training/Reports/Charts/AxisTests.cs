using Sequor.Training.Reports.Charts;

namespace Sequor.Tests.Training.Reports.Charts;

public class AxisTests
{
    [Fact]
    public void Ticks_are_round_numbers_within_the_axis()
    {
        Assert.Equal([0, 2, 4, 6, 8, 10], AxisTicks.Linear(0, 10, 5));
        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.5], AxisTicks.Linear(0.05, 0.52, 5));
        Assert.Equal([-1, -0.5, 0, 0.5, 1], AxisTicks.Linear(-1.2, 1.2, 5));
        Assert.Equal([0, 1000, 2000, 3000, 4000], AxisTicks.Linear(0, 4200, 4));
        Assert.Equal([0, 0.0005, 0.001, 0.0015, 0.002], AxisTicks.Linear(0, 0.002, 4));
    }

    [Fact]
    public void Zero_is_never_minus_zero() =>
        Assert.All(AxisTicks.Linear(-0.7, 3, 4).Concat(AxisTicks.Linear(0, 3, 4)), tick => Assert.False(double.IsNegative(tick) && tick == 0));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    public void About_as_many_ticks_come_out_as_were_wanted(int wanted)
    {
        for (double span = 1e-9; span < 1e12; span *= 1.37)
        {
            foreach (double low in (double[])[0, -span / 3, span * 12.3])
            {
                double[] ticks = AxisTicks.Linear(low, low + span, wanted);

                Assert.InRange(ticks.Length, wanted / 2, (2 * wanted) + 1);
                Assert.All(ticks, tick => Assert.InRange(tick, low - (1e-6 * span), low + (span * (1 + 1e-6))));
            }
        }
    }

    [Fact]
    public void A_long_logarithmic_axis_has_powers_of_ten_and_a_shorter_one_their_multiples()
    {
        AssertClose([0.001, 0.01, 0.1, 1, 10, 100], AxisTicks.Logarithmic(0.0005, 200));
        AssertClose([0.1, 0.3, 1, 3, 10], AxisTicks.Logarithmic(0.1, 20));
        AssertClose([0.5, 1, 2, 3, 5], AxisTicks.Logarithmic(0.45, 7));
        AssertClose([2, 3, 4, 5], AxisTicks.Logarithmic(1.7, 5.2));
        Assert.InRange(AxisTicks.Logarithmic(1e-30, 1e30).Length, 4, 10);
    }

    [Fact]
    public void A_linear_axis_reaches_from_the_least_to_the_greatest_finite_value()
    {
        AxisScale scale = AxisScale.Linear([3, double.NaN, 5, double.PositiveInfinity, 1]);

        Assert.Equal((1, 5), (scale.Low, scale.High));
        Assert.Equal((0, 0.5, 1), (scale.Position(1), scale.Position(3), scale.Position(5)));
        Assert.True(double.IsNaN(scale.Position(double.NaN)));
    }

    [Fact]
    public void An_axis_can_begin_at_zero_and_end_at_round_numbers()
    {
        AxisScale fromZero = AxisScale.Linear([3.2, 8.7], fromZero: true, roundEnds: 5);
        AxisScale round = AxisScale.Linear([3.2, 8.7], roundEnds: 5);

        Assert.Equal((0, 10), (fromZero.Low, fromZero.High));
        Assert.Equal((3, 9), (round.Low, round.High));
        Assert.Equal(-4, AxisScale.Linear([-4, 4], fromZero: true).Low);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-7e-9)]
    public void Values_that_are_all_the_same_lie_in_the_middle(double value) =>
        Assert.Equal(0.5, AxisScale.Linear([value, value]).Position(value), 6);

    [Fact]
    public void An_axis_without_values_can_still_be_drawn()
    {
        Assert.Equal((0, 1), (AxisScale.Linear([]).Low, AxisScale.Linear([]).High));
        Assert.Equal((0, 1), (AxisScale.Linear([double.NaN]).Low, AxisScale.Linear([double.NaN]).High));
        Assert.NotEmpty(AxisScale.Logarithmic([double.NaN, 0, -1]).Ticks(5));
    }

    [Fact]
    public void Equal_factors_are_equal_steps_on_a_logarithmic_axis()
    {
        AxisScale scale = AxisScale.Logarithmic([0.01, 100]);

        Assert.Equal(scale.Position(1) - scale.Position(0.1), scale.Position(10) - scale.Position(1), 12);
        Assert.InRange(scale.Position(0.01), 0, 0.1);
        Assert.InRange(scale.Position(100), 0.9, 1);
        Assert.True(double.IsNaN(scale.Position(0)) && double.IsNaN(scale.Position(-1)));
    }

    [Fact]
    public void A_level_logarithmic_curve_lies_in_the_middle() =>
        Assert.Equal(0.5, AxisScale.Logarithmic([0.3, 0.3]).Position(0.3), 6);

    [Fact]
    public void Tick_texts_share_their_digits_after_the_point()
    {
        Assert.Equal(["0", "0.0005", "0.0010", "0.0015"], TickText.Write([0, 0.0005, 0.001, 0.0015]));
        Assert.Equal(["0", "5,000", "10,000"], TickText.Write([0, 5000, 10000]));
        Assert.Equal(["-0.5", "0", "0.5"], TickText.Write([-0.5, 0, 0.5]));
        Assert.Equal(["1e-08", "2e-08"], TickText.Write([1e-8, 2e-8]));
        Assert.Equal(["0.01", "0.1", "1", "10"], TickText.WriteEach([0.01, 0.1, 1, 10]));
        Assert.Empty(TickText.Write([]));
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], expected[i] * 1e-9);
        }
    }
}
