using System.Diagnostics.CodeAnalysis;
using Sequor.Tensors.Kernels;

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
    internal static void IsPacked(string name, WeightType? type) => throw new InvalidOperationException(
        $"The weights of {name} are held for decoding only ({InWords(type)}): products and look-ups can use them, but there are no floats to read or to change. " +
        "Load the model for training to have them.");

    [DoesNotReturn]
    internal static void PackedDoesNotTrain(string name, WeightType? type) => throw new InvalidOperationException(
        $"The parameter {name} cannot be trained: the model's weights are held for decoding only ({InWords(type)}). Load the model for training, or open the step without gradients.");

    [DoesNotReturn]
    internal static void SetIsPacked(WeightType? type) => throw new InvalidOperationException(
        $"The weights are held for decoding only ({InWords(type)}) and lie in no flat buffer any more: they cannot be trained, averaged or packed again. Load the model for training.");

    [DoesNotReturn]
    internal static void MadeBeforePacking(string name) => throw new InvalidOperationException(
        $"A tensor of the parameter {name} was made before ParameterSet.Pack(), which has moved the weights. Ask the parameter for its Value again.");

    [DoesNotReturn]
    internal static void NotFilled(string name) => throw new InvalidOperationException(
        $"The packed parameter {name} has no numbers yet: set them with Parameter.SetPacked() after ParameterSet.AllocatePacked().");

    [DoesNotReturn]
    internal static void PackedInFile() => throw new InvalidOperationException(
        "PackRows: this weight is read from a mapped file and cannot be changed. Allocate one of its own.");

    internal static void CheckNotRecorded(string operation, bool recorded)
    {
        if (recorded)
        {
            throw new InvalidOperationException($"{operation} has no way back: use it in a step that records no gradients, or Linear with the whole weight.");
        }
    }

    private static string InWords(WeightType? type) => type is { } known ? $"packed as {WeightTypes.NameOf(known)}" : "packed";

    [DoesNotReturn]
    internal static void NotAllocated(string name) => throw new InvalidOperationException(
        $"The parameter {name} has no memory yet: call ParameterSet.Allocate() after all layers are made.");
}
