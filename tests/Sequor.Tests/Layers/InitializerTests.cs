using Sequor.Layers;

namespace Sequor.Tests.Layers;

/// <summary>Fresh weights have the spread they promise, and each weight's draw is its own.</summary>
public sealed class InitializerTests
{
    [Fact]
    public void Xavier_uniform_fills_its_range_evenly()
    {
        float[] values = Initializer.XavierUniform.Draw("w", [200, 100], 1);
        double limit = Math.Sqrt(6.0 / 300);
        Assert.InRange(values.Max(), 0.99 * limit, limit);
        Assert.InRange(values.Min(), -limit, -0.99 * limit);
        Assert.InRange(values.Average(), -0.002, 0.002);
        Assert.Equal(2.0 / 300, Variance(values), 2e-4);
    }

    [Fact]
    public void Xavier_normal_has_the_same_variance_and_the_tails_of_a_normal()
    {
        float[] values = Initializer.XavierNormal.Draw("w", [200, 100], 1);
        double deviation = Math.Sqrt(2.0 / 300);
        Assert.Equal(2.0 / 300, Variance(values), 2e-4);
        Assert.InRange(values.Count(value => Math.Abs(value) < deviation) / 20_000.0, 0.67, 0.70);
        Assert.InRange(values.Count(value => Math.Abs(value) > 2 * deviation) / 20_000.0, 0.040, 0.051);
    }

    [Fact]
    public void Normal_uniform_and_constants_are_what_they_say()
    {
        Assert.Equal(0.25, Variance(Initializer.Normal(0.5f).Draw("w", [20_000], 2)), 0.01);
        Assert.Equal(0.25 / 3, Variance(Initializer.Uniform(0.5f).Draw("w", [20_000], 2)), 0.003);
        Assert.Equal([0, 0], Initializer.Zeros.Draw("w", [2], 1));
        Assert.Equal([1, 1], Initializer.Ones.Draw("w", [2], 1));
    }

    [Fact]
    public void A_draw_depends_on_seed_and_name_and_on_nothing_else()
    {
        float[] draw = Initializer.XavierUniform.Draw("a.weight", [50, 40], 7);
        Assert.Equal(draw, Initializer.XavierUniform.Draw("a.weight", [50, 40], 7));
        Assert.InRange(Correlation(draw, Initializer.XavierUniform.Draw("b.weight", [50, 40], 7)), -0.08, 0.08);
        Assert.InRange(Correlation(draw, Initializer.XavierUniform.Draw("a.weight", [50, 40], 8)), -0.08, 0.08);
        Assert.InRange(Correlation(draw[..^1], draw[1..]), -0.08, 0.08);
    }

    [Fact]
    public void Sinusoids_begin_with_the_paper_s_values()
    {
        float[] table = Positions.Sinusoids(3, 4);
        float[] expected = [0, 1, 0, 1, 0.841471f, 0.540302f, 0.00999983f, 0.99995f, 0.909297f, -0.416147f, 0.0199987f, 0.9998f];
        Assert.All(expected.Zip(table), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    private static double Variance(float[] values)
    {
        double mean = values.Average(value => (double)value);
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static double Correlation(float[] left, float[] right) =>
        left.Zip(right).Average(pair => (double)pair.First * pair.Second) / Math.Sqrt(Variance(left) * Variance(right));
}
