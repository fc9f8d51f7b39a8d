namespace Sequor.Checkpoints.Importing;

/// <summary>An array of a NumPy archive, its numbers as 32-bit floats, row-major.</summary>
/// <param name="Name">Its name in the archive, without <c>.npy</c>.</param>
/// <param name="Shape">Its lengths, outermost first.</param>
/// <param name="Values">Its numbers.</param>
public sealed record NumpyArray(string Name, IReadOnlyList<int> Shape, float[] Values);
