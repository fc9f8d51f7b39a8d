using Sequor.Tensors;

namespace Sequor.Optimizers;

/// <summary>A tensor that an optimiser remembers and a checkpoint keeps: a run of a buffer under a name of its own.</summary>
/// <param name="Name">Its name in the checkpoint, such as <c>first_moment.encoder.layers.0.self_attention.query.weight</c>.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Buffer">[n]; the numbers it lies among.</param>
/// <param name="Offset">Where it begins in the buffer, in numbers.</param>
public readonly record struct OptimizerState(string Name, Shape Shape, Tensor Buffer, long Offset);
