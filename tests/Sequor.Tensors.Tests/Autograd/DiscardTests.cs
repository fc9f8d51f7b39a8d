using Sequor.Tensors.Autograd;

namespace Sequor.Tensors.Tests.Autograd;

/// <summary>A discarded tensor's memory serves others, but never before the way back has read it.</summary>
public sealed class DiscardTests
{
    private const string Discarded = "This tensor was discarded by Discard(), and its memory has been given back.";

    [Fact]
    public void Without_gradients_memory_goes_back_at_once_and_the_tensor_says_so()
    {
        using var step = new Step();
        using (step.Begin())
        {
            Tensor x = step.From([1, 2, 3], [3]);
            Tensor view = x.Reshape([3, 1]);
            x.Discard();
            Tensor y = step.From([4, 5, 6], [3]);

            Assert.StartsWith(Discarded, Assert.Throws<ObjectDisposedException>(() => x.ToArray()).Message, StringComparison.Ordinal);
            Assert.StartsWith(Discarded, Assert.Throws<ObjectDisposedException>(() => view.ToArray()).Message, StringComparison.Ordinal);
            Assert.StartsWith(Discarded, Assert.Throws<ObjectDisposedException>(() => x.Add(y)).Message, StringComparison.Ordinal);
            Assert.Equal([4, 5, 6], y.ToArray());
            x.Discard();
            Assert.Equal([8, 10, 12], y.Add(y).ToArray());
        }
    }

    [Fact]
    public void Steps_that_discard_touch_less_memory()
    {
        Assert.True(PeakOfChain(discards: true) * 3 < PeakOfChain(discards: false));
    }

    [Fact]
    public void Gradients_are_the_same_bits_with_and_without_discarding()
    {
        Assert.Equal(GradientsOf(discards: false, Activation.Relu), GradientsOf(discards: true, Activation.Relu));
        Assert.Equal(GradientsOf(discards: false, Activation.Gelu), GradientsOf(discards: true, Activation.Gelu));
    }

    [Fact]
    public void Numbers_that_the_way_back_reads_stay_until_it_has_passed()
    {
        using var parameters = new ParameterSet();
        Parameter weight = parameters.Add(["w"], [2, 2]);
        parameters.Allocate();
        weight.Value.CopyFrom([1, 2, 3, 4]);
        using var step = new Step();
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            Tensor x = step.From([1, 1], [1, 2]);
            Tensor hidden = x.Linear(weight);
            Tensor square = hidden.Multiply(hidden);
            hidden.Discard();
            Assert.Equal([3, 7], hidden.ToArray());
            Tensor loss = square.Sum();
            square.Discard();
            Assert.StartsWith(Discarded, Assert.Throws<ObjectDisposedException>(() => square.ToArray()).Message, StringComparison.Ordinal);
            step.Backward(loss);

            Assert.Equal([6, 6, 14, 14], weight.Gradient.ToArray());
            Assert.Equal(58, loss.Item());
            Assert.StartsWith(Discarded, Assert.Throws<ObjectDisposedException>(() => hidden.ToArray()).Message, StringComparison.Ordinal);
            Assert.Contains("call Backward once", Assert.Throws<InvalidOperationException>(() => step.Backward(loss)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_goes_on_is_not_discarded()
    {
        using var step = new Step();
        using (step.Begin())
        {
            Tensor x = step.From([1, 2], [2]);
            Tensor same = x.Reshape([1, 2]);
            x.Discard(unless: same);
            Assert.Equal([1, 2], x.ToArray());
            x.Discard(unless: step.From([1, 2], [2]));
            Assert.Throws<ObjectDisposedException>(() => same.ToArray());
        }

        Tensor kept = Tensor.From([1], [1]);
        kept.Discard();
        Assert.Equal(1, kept.Item());
    }

    [Fact]
    public void Trimming_gives_the_memory_between_steps_back_and_no_earlier()
    {
        using var step = new Step();
        using (step.Begin())
        {
            _ = step.From(new float[100], [100]);
            Assert.Throws<InvalidOperationException>(step.Trim);
        }

        long peak = step.PeakBytes;
        step.Trim();
        Assert.Equal((0, peak), (step.ReservedBytes, step.PeakBytes));
        using (step.Begin())
        {
            Assert.Equal(3, step.From([1, 2], [2]).Sum().Item());
        }
    }

    private static long PeakOfChain(bool discards)
    {
        using var step = new Step();
        using (step.Begin())
        {
            Tensor x = step.From(new float[10_000], [10_000]);
            for (int i = 0; i < 20; i++)
            {
                Tensor next = x.Scale(2);
                if (discards)
                {
                    x.Discard();
                }

                x = next;
            }
        }

        return step.PeakBytes;
    }

    private static float[] GradientsOf(bool discards, Activation activation)
    {
        using var parameters = new ParameterSet();
        Parameter first = parameters.Add(["a"], [24, 8]);
        Parameter second = parameters.Add(["b"], [8, 8]);
        Parameter gain = parameters.Add(["g"], [8]);
        parameters.Allocate();
        parameters.Values.CopyFrom([.. Enumerable.Range(0, checked((int)parameters.Values.Shape.Count)).Select(i => MathF.Sin(i))]);
        using var step = new Step();
        using (step.Begin(new StepOptions(RecordGradients: true, Dropout: true, Seed: 3, Update: 1)))
        {
            SequenceLayout layout = step.Layout([5, 7]);
            Tensor x = step.From([.. Enumerable.Range(0, 96).Select(i => MathF.Cos(i))], [12, 8]);
            for (int i = 0; i < 3; i++)
            {
                Tensor normal = x.LayerNorm(gain, gain);
                Tensor all = normal.Linear(first, default, activation);
                Tensor read = all.SelfAttention(layout, 2, causal: true);
                Tensor projected = read.Linear(second);
                Tensor next = projected.Dropout(0.25f, layout, x);
                if (discards)
                {
                    Array.ForEach([normal, all, read, projected, x], tensor => tensor.Discard());
                }

                x = next;
            }

            step.Backward(x.ProjectedCrossEntropy(second, default, [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3], 0.1f).Loss);
        }

        return parameters.Gradients.ToArray();
    }
}
