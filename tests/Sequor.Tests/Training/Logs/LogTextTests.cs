using Sequor.Training.Logs;

namespace Sequor.Tests.Training.Logs;

public class LogTextTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1:00 min")]
    [InlineData(187, "3:07 min")]
    [InlineData(7387, "2:03:07 h")]
    [InlineData(360000, "100:00:00 h")]
    [InlineData(-1, "?")]
    [InlineData(double.NaN, "?")]
    [InlineData(double.PositiveInfinity, "?")]
    public void A_duration_reads_as_a_clock_does(double seconds, string text) => Assert.Equal(text, LogText.Duration(seconds));

    [Theory]
    [InlineData(0, 3, "0")]
    [InlineData(0.0006987712, 3, "0.000699")]
    [InlineData(9.996, 3, "10.0")]
    [InlineData(-12.345, 3, "-12.3")]
    [InlineData(123456, 3, "123456")]
    [InlineData(1e-9, 2, "1.0e-09")]
    [InlineData(1.234e12, 3, "1.23e+12")]
    [InlineData(double.NaN, 3, "nan")]
    [InlineData(double.NegativeInfinity, 3, "-inf")]
    public void Significant_digits_are_kept_whatever_the_size(double value, int digits, string text) =>
        Assert.Equal(text, LogText.Significant(value, digits));

    [Fact]
    public void Thousands_are_parted_by_commas() => Assert.Equal("1,234,568", LogText.Count(1234567.6));

    [Fact]
    public void Every_reason_to_end_has_its_own_words()
    {
        TrainingEnd[] ends = Enum.GetValues<TrainingEnd>();

        Assert.Equal(ends.Length, ends.Select(TrainingEnds.Describe).Distinct().Count());
    }
}
