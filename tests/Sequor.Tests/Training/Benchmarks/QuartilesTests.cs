using Sequor.Training.Benchmarks;

namespace Sequor.Tests.Training.Benchmarks;

public sealed class QuartilesTests
{
    // numpy.percentile([7, 1, 3, 10], [25, 50, 75]) and of [5, 1, 2, 4, 3].
    [Theory]
    [InlineData(new double[] { 7, 1, 3, 10 }, 2.5, 5, 7.75)]
    [InlineData(new double[] { 5, 1, 2, 4, 3 }, 2, 3, 4)]
    [InlineData(new double[] { 6 }, 6, 6, 6)]
    [InlineData(new double[0], 0, 0, 0)]
    public void Quartiles_lie_between_neighbours(double[] numbers, double lower, double median, double upper) =>
        Assert.Equal(new Quartiles(lower, median, upper), Quartiles.Of(numbers));

    [Fact]
    public void Every_fault_of_the_options_is_named() =>
        Assert.Equal(2, new BenchmarkOptions { WarmUp = -1, Updates = 0 }.Validate().Count);
}
