using Sequor.Batching;
using Sequor.Decoding.Constraints;
using Sequor.Tensors.Autograd;

namespace Sequor.Decoding;

/// <summary>A way to find outputs for source sentences.</summary>
public interface ISearch
{
    /// <summary>Decodes a batch. Each sentence's outputs are the same in any batch.</summary>
    /// <param name="step">A session's step, not open.</param>
    /// <param name="source">The source sentences, each with its end sign.</param>
    /// <param name="prefixes">For each sentence the pieces that its output must begin with, or null for none at all.</param>
    /// <param name="constraints">For each sentence what its output must keep to, or null for nothing at all; constraints about text are unknown here.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <returns>For each sentence its outputs, best first.</returns>
    /// <exception cref="ArgumentException">The options contradict each other, the search cannot hold a constraint, or there are not as many prefixes or constraints
    /// as sentences.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    IReadOnlyList<IReadOnlyList<Hypothesis>> Search(
        Step step, SequenceBatch source, IReadOnlyList<int[]>? prefixes = null,
        IReadOnlyList<IReadOnlyList<OutputConstraint>>? constraints = null, CancellationToken cancellation = default);
}
