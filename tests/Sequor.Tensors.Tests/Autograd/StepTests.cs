using System.Runtime.CompilerServices;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Autograd;

/// <summary>Tensors live as long as their step, and nobody can use one afterwards unnoticed.</summary>
public sealed class StepTests
{
    private const string Ended = "The step that made this tensor has ended. Call Keep() or ToArray() on what must outlive its step.";

    [Fact]
    public void A_tensor_ends_with_its_step_and_says_how_to_keep_it()
    {
        using var step = new Step();
        Tensor tensor;
        Tensor kept;
        using (step.Begin())
        {
            tensor = step.From([1, 2], [2]);
            kept = tensor.Keep();
        }

        Assert.StartsWith(Ended, Assert.Throws<ObjectDisposedException>(() => tensor.ToArray()).Message, StringComparison.Ordinal);
        Assert.StartsWith(Ended, Assert.Throws<ObjectDisposedException>(() => tensor.Scale(2)).Message, StringComparison.Ordinal);
        using (step.Begin())
        {
            Assert.StartsWith(Ended, Assert.Throws<ObjectDisposedException>(() => tensor.Reshape([2, 1]).Add(step.From([1, 1], [2, 1]))).Message, StringComparison.Ordinal);
            Assert.Equal([1, 2], kept.ToArray());
        }
    }

    [Fact]
    public void A_layout_ends_with_its_step_too()
    {
        using var step = new Step();
        SequenceLayout layout;
        using (step.Begin())
        {
            layout = step.Layout([2]);
        }

        using (step.Begin())
        {
            Tensor x = step.From(new float[6], [2, 3]);
            Assert.Throws<ObjectDisposedException>(() => x.SelfAttention(layout, 1, false));
            Assert.Throws<ObjectDisposedException>(() => x.AddPositions(Tensor.Zeros([2, 3]), layout));
        }
    }

    [Fact]
    public void A_step_is_opened_once_and_needed_for_new_tensors()
    {
        using var step = new Step();
        Assert.Contains("No step is open", Assert.Throws<InvalidOperationException>(() => step.From([1], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("No step is open", Assert.Throws<InvalidOperationException>(() => step.Use(Tensor.Zeros([1]))).Message, StringComparison.Ordinal);
        using (step.Begin())
        {
            Assert.Contains("open already", Assert.Throws<InvalidOperationException>(() => step.Begin()).Message, StringComparison.Ordinal);
        }

        using (step.Begin())
        {
            Assert.Equal(3, step.From([3], [1]).Item());
        }
    }

    [Fact]
    public void Ending_a_step_twice_leaves_the_next_one_open()
    {
        using var step = new Step();
        Step.Scope first = step.Begin();
        first.Dispose();
        using (step.Begin())
        {
            Tensor tensor = step.From([5], [1]);
            first.Dispose();
            Assert.Equal(5, tensor.Item());
        }
    }

    [Fact]
    public void Steps_of_two_sessions_do_not_mix()
    {
        using var one = new Step();
        using var other = new Step();
        using (one.Begin(new StepOptions(RecordGradients: true)))
        using (other.Begin(new StepOptions(RecordGradients: true)))
        {
            Tensor left = one.From([1], [1]);
            Tensor right = other.From([1], [1]);
            Tensor table = other.From([1], [1, 1]);
            Assert.Contains("two different sessions' steps", Assert.Throws<InvalidOperationException>(() => left.Add(right)).Message, StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => one.Use(right));
            Assert.Throws<InvalidOperationException>(() => table.Gather(one, [0]));
            Assert.Equal(2, left.Add(right.Keep()).Item());
        }
    }

    [Fact]
    public void A_loss_is_differentiated_by_the_step_that_made_it()
    {
        using var set = new ParameterSet();
        Parameter weight = set.Add(["w"], [1]);
        set.Allocate();
        using var one = new Step();
        using var other = new Step();
        using (one.Begin(new StepOptions(RecordGradients: true)))
        using (other.Begin(new StepOptions(RecordGradients: true)))
        {
            Tensor loss = one.Use(weight).Scale(3);
            other.Use(weight).Scale(5);
            Assert.Throws<InvalidOperationException>(() => other.Backward(loss));
            one.Backward(loss);
        }

        Assert.Equal([3], weight.Gradient.ToArray());
    }

    [Fact]
    public void Nothing_to_differentiate_is_said_in_words()
    {
        using var step = new Step();
        using (step.Begin())
        {
            Tensor loss = step.From([1], [1]);
            Assert.Contains("records no gradients", Assert.Throws<InvalidOperationException>(() => step.Backward(loss)).Message, StringComparison.Ordinal);
        }

        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            Tensor loss = step.From([1], [1]);
            Assert.Contains("depends on no parameter", Assert.Throws<InvalidOperationException>(() => step.Backward(loss)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_borrowed_block_lives_until_the_step_ends()
    {
        using var step = new Step();
        WeakReference block;
        using (step.Begin())
        {
            block = Borrow(step);
            Collect();
            Assert.True(block.IsAlive);
        }

        Collect();
        Assert.False(block.IsAlive);
    }

    [Fact]
    public void A_disposed_session_opens_no_step()
    {
        var step = new Step();
        Step.Scope scope = step.Begin();
        Tensor tensor = step.From([1], [1]);
        step.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor.ToArray());
        Assert.Throws<InvalidOperationException>(() => step.From([1], [1]));
        scope.Dispose();
        Assert.Throws<ObjectDisposedException>(() => step.Begin());
    }

    [Fact]
    public void Layouts_that_make_no_sense_are_refused()
    {
        using var step = new Step();
        using (step.Begin())
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => step.Layout([2, 0]));
            Assert.Throws<ArgumentOutOfRangeException>(() => step.Layout([2], firstPosition: -1));
            Assert.Throws<ArgumentException>(() => step.Layout([2, 1], [7]));
            Assert.Equal((3, 3), (step.Layout([2, 1]).Rows, step.Layout([1, 1, 1]).Count));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Borrow(Step step)
    {
        Tensor kept = Tensor.Zeros([4]);
        step.Use(kept);
        Assert.IsType<KeptBlock>(kept.Owner);
        return new WeakReference(kept.Owner);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
