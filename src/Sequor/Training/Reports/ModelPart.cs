namespace Sequor.Training.Reports;

/// <summary>One part of a model.</summary>
/// <param name="Name">The part's name, for example <c>encoder.layers.0</c>.</param>
/// <param name="Parameters">The number of its weights, 0 or more.</param>
public sealed record ModelPart(string Name, long Parameters);
