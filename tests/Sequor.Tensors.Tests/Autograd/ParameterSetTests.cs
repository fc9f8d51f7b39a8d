using Sequor.Tensors.Autograd;

namespace Sequor.Tensors.Tests.Autograd;

/// <summary>Weights in one buffer, by name, and their gradients beside them.</summary>
public sealed class ParameterSetTests
{
    private static readonly StepOptions _recording = new(RecordGradients: true);

    [Fact]
    public void Runs_start_at_cache_lines_and_names_find_their_rows()
    {
        using var set = new ParameterSet();
        Parameter first = set.Add(["a"], [3]);
        Parameter stacked = set.Add(["q", "k"], [4, 2]);
        set.Allocate();
        Assert.Equal((0L, 16L), (first.Offset, stacked.Offset));
        Assert.Equal((11L, new Shape([32])), (set.Count, set.Values.Shape));
        Assert.Equal(["a [3]", "q [2, 2]", "k [2, 2]"], set.Names.Select(entry => $"{entry.Name} {entry.Shape}"));

        stacked.Value.CopyFrom([1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.True(set.TryGet("k", out Tensor k));
        Assert.Equal([5, 6, 7, 8], k.ToArray());
        Assert.False(set.TryGet("v", out _));
    }

    [Fact]
    public void Names_are_taken_once_and_memory_is_taken_once()
    {
        using var set = new ParameterSet();
        Parameter parameter = set.Add(["a"], [3]);
        Assert.Contains("call Allocate() first", Assert.Throws<InvalidOperationException>(() => parameter.Value.ToArray()).Message, StringComparison.Ordinal);
        Assert.Equal("Two parameters are called a. (Parameter 'names')", Assert.Throws<ArgumentException>(() => set.Add(["a"], [1])).Message);
        set.Allocate();
        Assert.Throws<InvalidOperationException>(set.Allocate);
        Assert.Contains("comes too late", Assert.Throws<InvalidOperationException>(() => set.Add(["b"], [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_of_several_backward_passes_add_up_until_they_are_cleared()
    {
        using var set = new ParameterSet();
        Parameter weight = set.Add(["w"], [2]);
        set.Allocate();
        using var step = new Step();
        for (int pass = 0; pass < 3; pass++)
        {
            using (step.Begin(_recording))
            {
                step.Backward(step.Use(weight).Scale(2).Sum());
            }
        }

        Assert.Equal([6, 6], weight.Gradient.ToArray());
        set.ClearGradients();
        Assert.Equal([0, 0], weight.Gradient.ToArray());
    }

    [Fact]
    public void The_gradient_of_a_part_goes_to_its_own_rows()
    {
        using var set = new ParameterSet();
        Parameter stacked = set.Add(["q", "k"], [4, 2]);
        set.Allocate();
        using var step = new Step();
        using (step.Begin(_recording))
        {
            step.Backward(step.Use(stacked.Part(1)).Scale(3).Sum());
        }

        Assert.Equal([0, 0, 0, 0, 3, 3, 3, 3], stacked.Gradient.ToArray());
    }

    [Fact]
    public void A_frozen_parameter_gets_no_gradient_and_lets_others_have_theirs()
    {
        using var set = new ParameterSet();
        Parameter frozen = set.Add(["frozen"], [2, 2]);
        Parameter free = set.Add(["free"], [2]);
        set.Allocate();
        frozen.Value.CopyFrom([1, 2, 3, 4]);
        frozen.IsFrozen = true;
        using var step = new Step();
        using (step.Begin(_recording))
        {
            step.Backward(step.From([1, 1], [1, 2]).Linear(frozen, free).Sum());
        }

        Assert.Equal([0, 0, 0, 0], frozen.Gradient.ToArray());
        Assert.Equal([1, 1], free.Gradient.ToArray());
    }

    [Fact]
    public void A_gradient_is_numbers_like_any_other_and_no_weight()
    {
        using var set = new ParameterSet();
        Parameter weight = set.Add(["w"], [2, 2]);
        set.Allocate();
        weight.Value.CopyFrom([1, 0, 0, 1]);
        weight.Gradient.CopyFrom([5, 6, 7, 8]);
        using var step = new Step();
        using (step.Begin(_recording))
        {
            Tensor x = step.From([1, 0], [1, 2]);
            Assert.Equal([1, 0], x.Linear(weight).ToArray());
            Assert.Equal([5, 7], x.Linear(weight.Gradient).ToArray());
        }
    }

    [Fact]
    public void Changed_weights_are_seen_once_they_are_marked()
    {
        using var set = new ParameterSet();
        Parameter weight = set.Add(["w"], [1, 2]);
        set.Allocate();
        using var step = new Step();
        using (step.Begin())
        {
            Tensor x = step.From([1, 1], [1, 2]);
            Assert.Equal([0], x.Linear(weight).ToArray());
            weight.Value.CopyFrom([2, 3]);
            set.MarkChanged();
            Assert.Equal([5], x.Linear(weight).ToArray());
        }
    }

    [Fact]
    public void After_dispose_weights_are_gone_for_everyone()
    {
        var set = new ParameterSet();
        Parameter weight = set.Add(["w"], [2]);
        set.Allocate();
        Tensor value = weight;
        set.Dispose();
        Assert.Throws<ObjectDisposedException>(() => value.ToArray());
        Assert.Throws<ObjectDisposedException>(() => weight.Value);
        Assert.Throws<ObjectDisposedException>(() => set.Gradients);
        Assert.Throws<ObjectDisposedException>(set.Allocate);
    }
}
