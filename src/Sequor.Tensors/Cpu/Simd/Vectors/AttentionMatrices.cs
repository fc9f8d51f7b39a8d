using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>The three inputs of attention, or their gradients.</summary>
/// <param name="Queries">[query rows, heads × head width].</param>
/// <param name="Keys">[key rows, heads × head width].</param>
/// <param name="Values">[key rows, heads × head width].</param>
internal readonly record struct AttentionMatrices(Matrix Queries, Matrix Keys, Matrix Values);
