namespace Sequor.Tensors.Autograd;

/// <summary>What a step is for.</summary>
/// <param name="RecordGradients">Whether ops are remembered so that <see cref="Step.Backward"/> can be called.</param>
/// <param name="Dropout">Whether dropout drops; off when evaluating and decoding.</param>
/// <param name="Seed">The run's seed; with the update it keys every random choice.</param>
/// <param name="Update">The number of the update, 0 or more.</param>
public readonly record struct StepOptions(bool RecordGradients = false, bool Dropout = false, ulong Seed = 0, long Update = 0)
{
    /// <summary>For decoding and evaluation: no gradients, no dropout.</summary>
    public static StepOptions Inference => default;
}
