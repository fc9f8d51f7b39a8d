namespace Sequor.Tensors.Tests.Cpu;

[Trait("Suite", "Conformance")]
public sealed class KernelConformanceTests
{
    public static TheoryData<string> Every => [.. KernelCase.All.Select(one => one.Name)];

    [Theory, MemberData(nameof(Every))]
    public void Vectors_agree_with_the_plain_loop_on_every_width_to_256_and_read_nothing_beyond(string name)
    {
        KernelCase one = KernelCase.Named(name);
        for (int width = 1; width <= 256; width++)
        {
            int rows = 1 + (width % 4);
            float[] expected = one.Results(KernelCase.Plain, rows, width, seed: width);
            Close(expected, one.Results(KernelCase.Simd, rows, width, seed: width), one, rows, width);
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void Vectors_agree_with_the_plain_loop_on_many_rows_and_on_none(string name)
    {
        KernelCase one = KernelCase.Named(name);
        foreach ((int rows, int width) in new[] { (0, 5), (65, 7), (129, 33), (700, 3), (333, 100), (1100, 17), (3, 9001) })
        {
            float[] expected = one.Results(KernelCase.Plain, rows, width, seed: rows);
            Close(expected, one.Results(KernelCase.Simd, rows, width, seed: rows), one, rows, width);
        }
    }

    private static void Close(float[] expected, float[] actual, KernelCase one, int rows, int width)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = one.Tolerance * Math.Max(1, Math.Abs(expected[i]));
            bool close = one.Tolerance == 0 || !float.IsFinite(expected[i])
                ? BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i])
                : Math.Abs((double)expected[i] - actual[i]) <= allowed;
            Assert.True(close, FormattableString.Invariant(
                $"{one.Name} of [{rows}, {width}], result {i}: plain {expected[i]:R}, vectors {actual[i]:R}"));
        }
    }
}
