using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Ops;

/// <summary>What all ops share: where a result lives, and whether the op must be remembered.</summary>
internal static class Op
{
    /// <summary>Memory for a result: in the step of the inputs, or of its own when no input belongs to a step.</summary>
    /// <param name="shape">The sizes of the result.</param>
    /// <param name="recorded">Whether the op must be remembered: a step that records gradients, and an input that wants one.</param>
    /// <param name="a">An input.</param>
    /// <param name="b">An input, or none.</param>
    /// <param name="c">An input, or none.</param>
    /// <param name="d">An input, or none.</param>
    /// <param name="e">An input, or none.</param>
    internal static Tensor Result(
        Shape shape, out bool recorded, Tensor a, Tensor b = default, Tensor c = default, Tensor d = default, Tensor e = default)
    {
        Step? step = StepOf(a, b, c, d, e);
        step?.Borrow(a);
        step?.Borrow(b);
        step?.Borrow(c);
        step?.Borrow(d);
        step?.Borrow(e);
        recorded = step is { Options.RecordGradients: true }
            && (Gradients.Wants(a) || Gradients.Wants(b) || Gradients.Wants(c) || Gradients.Wants(d) || Gradients.Wants(e));
        return step is null ? Tensor.Kept(shape, a.Device) : step.Allocate(shape, recorded);
    }

    /// <summary>Memory for a result in a given step, for ops whose other arguments belong to that step.</summary>
    internal static Tensor ResultIn(Step step, Shape shape, out bool recorded, Tensor a)
    {
        StepOf(step, a);
        step.Borrow(a);
        recorded = step.Options.RecordGradients && Gradients.Wants(a);
        return step.Allocate(shape, recorded);
    }

    /// <summary>The step of a tensor, which must be that of the others.</summary>
    internal static Step? StepOf(Step? others, Tensor tensor) => Join(others, tensor);

    internal static Step? StepOf(Tensor a, Tensor b = default, Tensor c = default, Tensor d = default, Tensor e = default)
    {
        Step? step = Join(null, a);
        step = Join(step, b);
        step = Join(step, c);
        step = Join(step, d);
        return Join(step, e);
    }

    /// <summary>The step of the inputs, for ops that cannot do without one.</summary>
    internal static Step RequiredStep(string operation, Tensor a, Tensor b = default, Tensor c = default) =>
        StepOf(a, b, c) ?? throw new InvalidOperationException(
            $"{operation} needs a step: make its input inside `using (step.Begin(...)) {{ }}`.");

    /// <summary>Extra memory that the backward pass will read: in the step where there is one.</summary>
    internal static Storage<float> Saved(bool recorded, Tensor result, long length) =>
        recorded ? result.Owner.AsStep!.Take<float>(length) : default;

    internal static void Remember(in TapeEntry entry) => entry.Output.Owner.AsStep!.Remember(in entry);

    private static Step? Join(Step? step, Tensor tensor)
    {
        if (tensor.IsNone)
        {
            return step;
        }

        tensor.Owner.CheckAlive(tensor.Generation, tensor.Place);
        Step? other = tensor.Owner.AsStep;
        if (step is not null && other is not null && !ReferenceEquals(step, other))
        {
            LifetimeErrors.DifferentSteps();
        }

        return step ?? other;
    }
}
