namespace Sequor.Tests.Scoring;

/// <summary>Small corpora that several scoring tests share.</summary>
internal static class ScoringSamples
{
    // The example of sacreBLEU's README (version 2.0.0, "Using SacreBLEU from Python"), whose scores are printed there.
    internal static readonly string[] DogHypotheses =
        ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];

    internal static readonly string[] DogReferences1 =
        ["The dog bit the man.", "It was not unexpected.", "The man bit him first."];

    internal static readonly string[] DogReferences2 =
        ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."];

    internal static readonly string[][] DogReferences = [DogReferences1, DogReferences2];

    internal static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"expected {expected}, was {actual}");
}
