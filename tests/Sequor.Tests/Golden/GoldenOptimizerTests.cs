using Sequor.Optimizers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;
using Sequor.Testing;

namespace Sequor.Tests.Golden;

/// <summary>Each optimiser makes PyTorch's updates, one after the other, with gradients and learning rates that change.</summary>
public sealed class GoldenOptimizerTests
{
    private const int Steps = 8;

    private static readonly Lazy<GoldenFile> _file = new(() => GoldenFile.Open("optimizers.safetensors"));

    private static GoldenFile File => _file.Value;

    [Fact]
    public void Gradient_descent_agrees() => Check("sgd", set => new Sgd(set));

    [Fact]
    public void Gradient_descent_with_momentum_agrees() => Check("sgd.momentum", set => new Sgd(set, momentum: 0.9f));

    [Fact]
    public void Gradient_descent_with_weight_decay_agrees() => Check("sgd.decay", set => new Sgd(set, momentum: 0.9f, weightDecay: 0.1f));

    [Fact]
    public void Adam_agrees() => Check("adam", set => new Adam(set));

    [Fact]
    public void Adam_with_decay_through_the_gradient_agrees() => Check(
        "adam.decay", set => new Adam(set, new AdamOptions { Beta2 = 0.999f, Epsilon = 1e-6f, WeightDecay = 0.1f }));

    [Fact]
    public void AdamW_agrees() => Check("adamw", set => new Adam(set, new AdamOptions { WeightDecay = 0.1f, Decoupled = true }));

    [Fact]
    public void Adagrad_agrees() => Check("adagrad", set => new Adagrad(set));

    [Fact]
    public void Adagrad_with_weight_decay_agrees() => Check("adagrad.decay", set => new Adagrad(set, weightDecay: 0.1f));

    [Fact]
    public void A_group_has_a_rate_and_a_decay_of_its_own_and_frozen_weights_stay()
    {
        using ParameterSet set = Weights(out Parameter a, out Parameter b);
        float[] before = a.Value.ToArray();
        a.IsFrozen = true;
        var optimizer = new Sgd(set, weightDecay: 0.5f, groups: [new ParameterGroup([b], LearningRateFactor: 0.5f, WeightDecay: 0)]);
        float[] weights = b.Value.ToArray();
        float[] gradient = File.Floats("gradient/0/b");
        b.Gradient.CopyFrom(gradient);
        optimizer.Update(learningRate: 0.25f, gradientScale: 2);

        Assert.Equal(before, a.Value.ToArray());
        GoldenFile.Close([.. weights.Select((weight, i) => weight - (0.25f * 0.5f * 2 * gradient[i]))], b.Value.ToArray(), "b");
    }

    private static void Check(string name, Func<ParameterSet, Optimizer> make)
    {
        using ParameterSet set = Weights(out Parameter a, out Parameter b);
        Optimizer optimizer = make(set);
        float[] rates = File.Floats("rates");
        for (int step = 0; step < Steps; step++)
        {
            // Gradients arrive as sums over four pieces of text: the update divides.
            a.Gradient.CopyFrom([.. File.Floats($"gradient/{step}/a").Select(value => 4 * value)]);
            b.Gradient.CopyFrom([.. File.Floats($"gradient/{step}/b").Select(value => 4 * value)]);
            optimizer.Update(rates[step], gradientScale: 0.25f);

            GoldenFile.Close(File.Floats($"{name}/{step}/a"), a.Value.ToArray(), $"{name}, update {step + 1}, a");
            GoldenFile.Close(File.Floats($"{name}/{step}/b"), b.Value.ToArray(), $"{name}, update {step + 1}, b");
            Assert.DoesNotContain(set.Gradients.ToArray(), value => value != 0);
        }

        Assert.Equal(Steps, optimizer.Updates);
    }

    private static ParameterSet Weights(out Parameter a, out Parameter b)
    {
        var set = new ParameterSet();
        a = set.Add(["a"], new Shape(File.Shape("start/a")));
        b = set.Add(["b"], new Shape(File.Shape("start/b")));
        set.Allocate();
        a.Value.CopyFrom(File.Floats("start/a"));
        b.Value.CopyFrom(File.Floats("start/b"));
        set.MarkChanged();
        return set;
    }
}
