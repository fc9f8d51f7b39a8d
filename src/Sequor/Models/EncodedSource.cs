using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models;

/// <summary>What an encoder made of a batch of source sentences, for a decoder to read; it ends with the step.</summary>
/// <param name="States">[M, D], all sentences end to end.</param>
/// <param name="Layout">Where each sentence's rows are.</param>
public readonly record struct EncodedSource(Tensor States, SequenceLayout Layout);
