using Sequor.Tensors.Cpu;
using Sequor.Tensors.Cpu.Simd.Vectors;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>The engine's own functions against double precision.</summary>
[Trait("Suite", "Conformance")]
public sealed class FunctionAccuracyTests
{
    [Fact]
    public void Exp_is_within_two_units_in_the_last_place()
    {
        float[] x = Range(-87.3f, 88.7f, 200_000);
        Worst(x, Apply(new Power(), x), Math.Exp, unitsInTheLastPlace: 2, smallest: 1.2e-38);
    }

    [Fact]
    public void Exp_underflows_gradually_and_keeps_infinities_and_NaN()
    {
        float[] x = [-100, -103, -104, -1e30f, float.NegativeInfinity, 88.72f, 88.73f, 1e30f, float.PositiveInfinity, float.NaN, 0, -0f, 1e-30f];
        float[] y = Apply(new Power(), x);
        Assert.Equal(Math.Exp(-100), y[0], 1.4e-45);
        Assert.Equal(Math.Exp(-103), y[1], 1.4e-45);
        Assert.Equal([0, 0, 0], y[2..5]);
        Assert.Equal(Math.Exp(88.72f), y[5], 1e32);
        Assert.Equal([float.PositiveInfinity, float.PositiveInfinity, float.PositiveInfinity, float.NaN, 1, 1, 1], y[6..]);
    }

    [Fact]
    public void Tanh_is_within_four_units_in_the_last_place_also_near_0()
    {
        float[] x = [.. Range(-10, 10, 100_000), .. Range(-0.61f, 0.61f, 50_000), .. Range(-1e-4f, 1e-4f, 10_000), 1e-30f, -1e-38f];
        Worst(x, Apply(Activation.Tanh, x), Math.Tanh, unitsInTheLastPlace: 4, smallest: 1.2e-38);
        Assert.Equal([0, 1, -1, 1, -1, float.NaN], Apply(Activation.Tanh, [0, 30, -30, float.PositiveInfinity, float.NegativeInfinity, float.NaN]));
    }

    [Fact]
    public void Sigmoid_is_within_four_units_in_the_last_place()
    {
        float[] x = Range(-80, 30, 100_000);
        Worst(x, Apply(Activation.Sigmoid, x), v => 1 / (1 + Math.Exp(-v)), unitsInTheLastPlace: 4, smallest: 1.2e-38);
        Assert.Equal([0.5f, 1, 0, 1, 0, float.NaN], Apply(Activation.Sigmoid, [0, 100, -1000, float.PositiveInfinity, float.NegativeInfinity, float.NaN]));
    }

    [Theory]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Relu)]
    public void Gates_agree_with_double_precision(Activation activation)
    {
        float[] x = Range(-12, 12, 20_000);
        float[] y = Apply(activation, x);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = activation switch
            {
                Activation.Gelu => 0.5 * x[i] * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x[i] + (0.044715 * Math.Pow(x[i], 3))))),
                Activation.Silu => x[i] / (1 + Math.Exp(-x[i])),
                _ => Math.Max(x[i], 0),
            };
            Assert.Equal(expected, y[i], 2e-6 * Math.Max(1e-2, Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void Not_a_number_in_gives_not_a_number_out(Activation activation)
    {
        float[] x = new float[37];
        Array.Fill(x, float.NaN);
        Assert.All(Apply(activation, x), value => Assert.True(float.IsNaN(value)));
        float[] plain = [float.NaN];
        Sequor.Tensors.Cpu.Plain.Activations.Forward(activation, plain, plain);
        Assert.True(float.IsNaN(plain[0]));
    }

    private static float[] Range(float from, float to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + ((to - from) * (float)(i / (count - 1.0))))];

    private static float[] Apply(Activation activation, float[] x)
    {
        using Testing.GuardedFloats memory = new(x);
        KernelCase.Simd.Activate(activation, memory.Storage, memory.Storage);
        return memory.Span.ToArray();
    }

    private static float[] Apply<TMap>(TMap map, float[] x)
        where TMap : struct, IMap1
    {
        using Testing.GuardedFloats memory = new(x);
        FlatWork.Run(WorkerPool.Shared, map, memory.Storage, memory.Storage);
        return memory.Span.ToArray();
    }

    private static void Worst(float[] x, float[] y, Func<double, double> function, double unitsInTheLastPlace, double smallest)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double expected = function(x[i]);
            float nearest = Math.Abs((float)expected);
            double unit = Math.Max(MathF.BitIncrement(nearest) - nearest, smallest * 1.2e-7);
            Assert.True(
                Math.Abs(y[i] - expected) <= unitsInTheLastPlace * unit,
                FormattableString.Invariant($"f({x[i]:R}) is {expected:R}, not {y[i]:R}: {Math.Abs(y[i] - expected) / unit:F2} units in the last place"));
        }
    }

    private readonly struct Power : IMap1
    {
        public TFloats Of<TFloats>(TFloats a)
            where TFloats : struct, IFloats<TFloats> => Functions.Exp(a);
    }
}
