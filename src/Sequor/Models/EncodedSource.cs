using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Models;

/// <summary>What an encoder made of a batch of source sentences, for a decoder to read; it ends with the step.</summary>
/// <param name="States">[M, D], all sentences end to end.</param>
/// <param name="Layout">Where each sentence's rows are.</param>
/// <param name="Ends">What each layer of a recurrent encoder ended with, lowest first, [B, C]; of other encoders, for a recurrent decoder, the mean of the states. Null
/// where no decoder asks for it.</param>
public readonly record struct EncodedSource(Tensor States, SequenceLayout Layout, IReadOnlyList<RecurrentState>? Ends = null);
