using System.Diagnostics.CodeAnalysis;

namespace Sequor.Tensors.Errors;

/// <summary>Every sentence about using memory before or after its time.</summary>
internal static class LifetimeErrors
{
    [DoesNotReturn]
    internal static void StepHasEnded() => throw new ObjectDisposedException(
        "Tensor", "The step that made this tensor has ended. Call Keep() or ToArray() on what must outlive its step.");

    [DoesNotReturn]
    internal static void WasDiscarded() => throw new ObjectDisposedException(
        "Tensor", "This tensor was discarded by Discard(), and its memory has been given back. Discard it after its last use, or Keep() a copy.");

    [DoesNotReturn]
    internal static void BackwardAgain() => throw new InvalidOperationException(
        "Backward: these ops have run backwards already, and what they had saved was given back with their discarded results. Add the losses up and call Backward once.");

    [DoesNotReturn]
    internal static void StepIsOpen() => throw new InvalidOperationException(
        "A step of this session is open already. Dispose it before the next Begin(), or use a Step object of its own for each session.");

    [DoesNotReturn]
    internal static void NoStepIsOpen() => throw new InvalidOperationException(
        "No step is open: make tensors inside `using (step.Begin(...)) { }`.");

    [DoesNotReturn]
    internal static void NothingToDifferentiate(bool recording) => throw new InvalidOperationException(recording
        ? "Backward: the loss depends on no parameter that is being trained. Is every parameter frozen?"
        : "Backward: this step records no gradients. Open it with RecordGradients = true.");

    [DoesNotReturn]
    internal static void DifferentSteps() => throw new InvalidOperationException(
        "The tensors of one operation belong to two different sessions' steps. Keep() one of them, or use one Step object for both.");

    [DoesNotReturn]
    internal static void NotAllocated(string name) => throw new InvalidOperationException(
        $"The parameter {name} has no memory yet: call ParameterSet.Allocate() after all layers are made.");
}
