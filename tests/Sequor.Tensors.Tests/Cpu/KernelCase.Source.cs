using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

internal sealed partial record KernelCase
{
    // The longest sentence where the width of a case is something else.
    private const int Longest = 9;

    /// <summary>Query rows that read source sentences: some read by many rows, some by none.</summary>
    internal static KernelCase[] Source { get; } =
    [
        new("SourceDots", 1e-4, (k, w, r, n) => k.SourceDots(
            Plan(w, r, 2, Longest, out int m), w.Numbers(2 * r * n), w.Numbers(2 * m * n), 2 * n, 0.7f, w.Result(2 * r * Longest), w.Accumulate)),
        new("SourceSums", 0, (k, w, r, n) => k.SourceSums(
            Plan(w, r, 2, Longest, out int m), w.Numbers(2 * r * Longest), w.Numbers(2 * m * n), 2 * n, 0.7f, w.Result(2 * r * n), w.Accumulate)),
        new("SourceSpread", 0, (k, w, r, n) => k.SourceSpread(
            Plan(w, r, 2, Longest, out int m), w.Numbers(2 * r * Longest), w.Numbers(2 * r * n), 2 * n, 0.7f, w.Result(2 * m * n))),
        new("AdditiveScores", 1e-5, (k, w, r, n) => k.AdditiveScores(
            Plan(w, r, 1, Longest, out int m), Terms(w, r, m, n, 0), w.Result(r * Longest))),
        new("AdditiveScores with features", 1e-5, (k, w, r, n) => k.AdditiveScores(
            Plan(w, r, 1, Longest, out int m), Terms(w, r, m, n, 1 + (n % 5)), w.Result(r * Longest))),
        new("AdditiveScoresBackward", 5e-5, (k, w, r, n) => k.AdditiveScoresBackward(
            Plan(w, r, 1, Longest, out int m), Terms(w, r, m, n, 0), w.Numbers(r * Longest), Slopes(w, r, m, n, 0))),
        new("AdditiveScoresBackward with features", 5e-5, (k, w, r, n) => k.AdditiveScoresBackward(
            Plan(w, r, 1, Longest, out int m), Terms(w, r, m, n, 1 + (n % 5)), w.Numbers(r * Longest), Slopes(w, r, m, n, 1 + (n % 5)))),
        new("AdditiveScoresBackward of parts", 5e-5, (k, w, r, n) => k.AdditiveScoresBackward(
            Plan(w, r, 1, Longest, out int m), Terms(w, r, m, n, 2), w.Numbers(r * Longest),
            w.Accumulate ? new AdditiveTerms(default, w.Result(m * n), default, w.Result(2 * r * Longest), default, n, 2)
                : new AdditiveTerms(w.Result(r * n), default, w.Result(n), default, w.Result(2 * n), n, 2))),
        new("SourceSoftmax", 1e-6, (k, w, r, n) => k.SourceSoftmax(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n, 8), default, 0, w.Result(2 * r * n))),
        new("SourceSoftmax in a window", 1e-6, (k, w, r, n) => k.SourceSoftmax(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n, 8), w.Numbers(2 * r, 0.6f * n, 0.5f * n), 0.5f + (n % 7), w.Result(2 * r * n))),
        new("SourceSoftmaxBackward", 5e-5, (k, w, r, n) => k.SourceSoftmaxBackward(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n), w.Numbers(2 * r * n), w.Result(2 * r * n), w.Accumulate)),
        new("SourceFocus", 2e-6, (k, w, r, n) => k.SourceFocus(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n), w.Numbers(2 * r, 0.6f * n, 0.5f * n), 0.5f + (n % 7), w.Result(2 * r * n))),
        new("SourceFocusBackward", 2e-5, (k, w, r, n) => k.SourceFocusBackward(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n), w.Numbers(2 * r, 0.6f * n, 0.5f * n), 0.5f + (n % 7), w.Numbers(2 * r * n),
            w.Result(2 * r * n), w.Result(2 * r))),
        new("LocationFeatures", 0, (k, w, r, n) => k.LocationFeatures(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n), w.Numbers((1 + (n % 5)) * 7), 7, w.Result(2 * r * n * (1 + (n % 5))))),
        new("LocationFeaturesBackward", 5e-5, (k, w, r, n) => k.LocationFeaturesBackward(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n, 0.1f), w.Numbers((1 + (n % 5)) * 7), 7, w.Numbers(2 * r * n * (1 + (n % 5)), 0.1f),
            w.Result(2 * r * n), w.Result((1 + (n % 5)) * 7))),
        new("SourceMinima", 1e-5, (k, w, r, n) => k.SourceMinima(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n), w.Numbers(2 * r * n), w.Result(2 * r))),
        new("SourceMinimaBackward", 0, (k, w, r, n) => k.SourceMinimaBackward(
            Plan(w, r, 2, n, out _), w.Numbers(2 * r * n), w.Numbers(2 * r * n), w.Numbers(2 * r),
            w.Accumulate ? w.Result(2 * r * n) : default, w.Result(2 * r * n))),
        new("AlignmentLoss", 0, (k, w, r, n) => k.AlignmentLoss(
            w.Numbers(r * n, 0.5f, 0.5f), n, Points(w, r), w.Ids(2 * r, n), w.Numbers(2 * r), w.Result(r))),
        new("AlignmentLossBackward", 0, (k, w, r, n) => k.AlignmentLossBackward(
            w.Numbers(r * n, 0.5f, 0.6f), n, Points(w, r), w.Ids(2 * r, n), w.Numbers(2 * r), w.Numbers(r), w.Result(r * n))),
        new("SentenceMeans", 0, (k, w, r, n) => k.SentenceMeans(
            w.Numbers(3 * r * n), w.Ids(Starts(r)), w.Ids(Lengths(r)), n, w.Result(r * n))),
        new("SentenceMeansBackward", 0, (k, w, r, n) => k.SentenceMeansBackward(
            w.Numbers(r * n), w.Ids(Starts(r)), w.Ids(Lengths(r)), n, w.Result(3 * r * n), w.Accumulate)),
    ];

    /// <summary>Rows that read up to eight sentences of up to so many positions.</summary>
    internal static SourcePlan Plan(Workspace w, int rows, int heads, int longest, out int positions)
    {
        int[] lengths = [.. Enumerable.Range(1, 8).Select(i => 1 + ((i * longest) - i) % longest)];
        int[] starts = [.. lengths.Select((_, i) => lengths.Take(i).Sum())];
        int[] read = [.. Enumerable.Range(0, rows).Select(row => ((row * row) + (row / 3)) % 8)];
        int[] order = [.. Enumerable.Range(0, rows).OrderBy(row => read[row])];
        int[] groups = [.. Enumerable.Range(0, rows).Where(place => place == 0 || read[order[place]] != read[order[place - 1]]), rows];
        positions = lengths.Sum();
        return new SourcePlan(
            rows, heads, longest, read.Sum(sentence => (long)lengths[sentence]), w.Ids([.. read.Select(sentence => starts[sentence])]),
            w.Ids([.. read.Select(sentence => lengths[sentence])]), groups.Length - 1, w.Ids(groups), w.Ids(order));
    }

    // As many sentences as rows, with one, two or three rows each.
    private static int[] Lengths(int rows) => [.. Enumerable.Range(0, rows).Select(i => i == 0 ? 1 + (rows % 2) : 1 + (i % 3))];

    private static int[] Starts(int rows) => [.. Enumerable.Range(0, rows).Select(i => Lengths(rows).Take(i).Sum())];

    // Rows with none, two, and four points.
    private static Storage<int> Points(Workspace w, int rows) => w.Ids([.. Enumerable.Range(0, rows + 1).Select(row => Math.Min(2 * rows, row / 2 * 4))]);

    private static AdditiveTerms Terms(Workspace w, int rows, int positions, int units, int features) =>
        Terms((count, size) => w.Numbers(count, size), rows, positions, units, features);

    private static AdditiveTerms Slopes(Workspace w, int rows, int positions, int units, int features) =>
        Terms((count, size) => w.Result(count, size), rows, positions, units, features);

    private static AdditiveTerms Terms(Func<long, float, Storage<float>> numbers, int rows, int positions, int units, int features) => new(
        numbers(rows * units, 2), numbers(positions * units, 2), numbers(units, 1 / MathF.Sqrt(units)),
        numbers(rows * Longest * features, 1), numbers(units * features, 1), units, features);
}
