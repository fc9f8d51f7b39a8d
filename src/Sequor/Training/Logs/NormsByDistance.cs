namespace Sequor.Training.Logs;

/// <summary>How the gradient of a recurrent layer fades, or grows, on its way back in time.</summary>
/// <param name="Name">The layer's name, such as <c>decoder.layers.0</c>.</param>
/// <param name="Norms">
/// Entry d: the Euclidean norm of d loss / d state, d steps before a sentence's last one in the layer's own order, as the mean of the
/// sentences that are long enough.
/// </param>
public sealed record NormsByDistance(string Name, IReadOnlyList<double> Norms);
