using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class FloatStorageTests
{
    // 1 + 2^-8 lies between the bfloat16 numbers 1 (even) and 1 + 2^-7; 1 + 3·2^-8 between 1 + 2^-7 and 1 + 2^-6 (even).
    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(1.00390625f, 0x3F80)]
    [InlineData(1.00390636920928955078125f, 0x3F81)]
    [InlineData(1.01171875f, 0x3F82)]
    [InlineData(-1.01171875f, 0xBF82)]
    [InlineData(3.4028234663852886e38f, 0x7F80)]
    [InlineData(float.PositiveInfinity, 0x7F80)]
    [InlineData(1e-45f, 0x0000)]
    [InlineData(-0f, 0x8000)]
    public void BFloat16_rounds_to_the_nearest_and_ties_to_even(float value, int bits) =>
        Assert.Equal(bits, FloatStorage.ToBFloat16(value));

    // 2049 lies between the halves 2048 (even) and 2050; 2051 between 2050 and 2052 (even).
    [Theory]
    [InlineData(2049f, 0x6800)]
    [InlineData(2051f, 0x6802)]
    [InlineData(65504f, 0x7BFF)]
    [InlineData(65519.996f, 0x7BFF)]
    [InlineData(65520f, 0x7C00)]
    [InlineData(5.9604645e-08f, 0x0001)]
    [InlineData(2.9802322e-08f, 0x0000)]
    [InlineData(-0f, 0x8000)]
    public void Half_rounds_to_the_nearest_and_ties_to_even(float value, int bits) =>
        Assert.Equal(bits, FloatStorage.ToHalf(value));

    [Fact]
    public void Each_of_the_65536_values_of_16_bits_survives_widening_and_rounding()
    {
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float brain = FloatStorage.FromBFloat16((ushort)bits);
            float half = FloatStorage.FromHalf((ushort)bits);
            Assert.True(float.IsNaN(brain) ? float.IsNaN(FloatStorage.FromBFloat16(FloatStorage.ToBFloat16(brain))) : FloatStorage.ToBFloat16(brain) == bits);
            Assert.True(float.IsNaN(half) ? float.IsNaN(FloatStorage.FromHalf(FloatStorage.ToHalf(half))) : FloatStorage.ToHalf(half) == bits);
        }
    }

    [Fact]
    public void A_NaN_whose_payload_is_cut_off_stays_a_NaN() =>
        Assert.True(float.IsNaN(FloatStorage.FromBFloat16(FloatStorage.ToBFloat16(BitConverter.UInt32BitsToSingle(0x7F800001)))));
}
