using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Benchmarks.Kernels;

/// <summary>What optimisers do, on the weights of transformer-tiny with 10,000 pieces.</summary>
internal static class UpdateCases
{
    private const long Weights = 2_605_568;
    private const int Pieces = 10_000;
    private const int Width = 128;

    /// <summary>The cases.</summary>
    internal static IReadOnlyList<KernelCase> All { get; } =
    [
        Case("adam", 7, o =>
        {
            (Storage<float> weights, Storage<float> gradients, Storage<float> first, Storage<float> second) =
                (o.Numbers(Weights), o.Numbers(Weights), o.Numbers(Weights), o.Positives(Weights));
            AdamSettings settings = new(1e-6f, 0.9f, 0.98f, 1e-9f, 0.1f, 0.02f, 1, 0, 0);
            return new(k => k.Adam(weights, gradients, first, second, settings));
        }),
        Case("sgd with momentum", 5, o =>
        {
            (Storage<float> weights, Storage<float> gradients, Storage<float> velocity) = (o.Numbers(Weights), o.Numbers(Weights), o.Numbers(Weights));
            return new(k => k.Sgd(weights, gradients, velocity, new SgdSettings(1e-6f, 0.9f, 1, 0)));
        }),
        Case("adagrad", 5, o =>
        {
            (Storage<float> weights, Storage<float> gradients, Storage<float> sums) = (o.Numbers(Weights), o.Numbers(Weights), o.Positives(Weights));
            return new(k => k.Adagrad(weights, gradients, sums, 1e-6f, 1e-10f, 1, 0));
        }),
        new("adafactor, means", $"[{Pieces}, {Width}]", Pieces * Width, Pieces * Width * sizeof(float), o =>
        {
            (Matrix gradients, Storage<float> rows, Storage<float> columns) = (o.Rows(Pieces, Width), o.Positives(Pieces), o.Positives(Width));
            return new(k => k.FactoredMoments(gradients, 1, 0.99f, 1e-30f, rows, columns));
        }),
        new("adafactor, step", $"[{Pieces}, {Width}]", Pieces * Width, 2 * Pieces * Width * sizeof(float), o =>
        {
            (Matrix gradients, Storage<float> rows, Storage<float> columns) = (o.Rows(Pieces, Width), o.Positives(Pieces), o.Positives(Width));
            Storage<float> step = o.Numbers(Pieces * Width);
            return new(k => k.FactoredStep(gradients, 1, rows, columns, step));
        }),
    ];

    private static KernelCase Case(string name, int passes, Func<Operands, KernelWork> prepare) =>
        new(name, $"[{Weights}]", Weights, Weights * sizeof(float) * passes, prepare);
}
