namespace Sequor.Training.Logs;

/// <summary>The size of the gradient of one part of the model.</summary>
/// <param name="Name">The part's name as in the weight files, for example <c>encoder.layers.0</c>.</param>
/// <param name="Norm">Euclidean norm before clipping, 0 or more; NaN where it was not finite.</param>
public readonly record struct NamedNorm(string Name, double Norm);
