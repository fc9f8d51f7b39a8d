using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

[Trait("Suite", "Conformance")]
public sealed class BestOfTests
{
    public static TheoryData<string> Paths => ["plain", "one thread", "two threads"];

    [Theory, MemberData(nameof(Paths))]
    public void The_best_are_those_of_the_sorted_log_probabilities_in_bits(string path)
    {
        foreach (int columns in Enumerable.Range(1, 40).Concat([63, 127, 128, 129, 300, 513, 2000, 10_007]))
        {
            foreach (int k in new[] { 1, 2, 5, 12, columns }.Where(k => k <= columns && k < 400).Distinct())
            {
                // Few different numbers, so that many are equal.
                float[] logits = Numbers(3 * columns, columns + k, columns % 2 == 0 ? 7 : 1_000_000);
                (int[] ids, float[] values, float[] sums) = Best(path, logits, columns, k);
                float[] all = LogSoftmax(path, logits, columns);
                for (int row = 0; row < 3; row++)
                {
                    float[] ofRow = all[(row * columns)..((row + 1) * columns)];
                    int[] expected = [.. Enumerable.Range(0, columns).OrderByDescending(id => ofRow[id]).ThenBy(id => id).Take(k)];
                    Assert.Equal(expected, ids[(row * k)..((row + 1) * k)]);
                    Assert.Equal(Bits.Of([.. expected.Select(id => ofRow[id])]), Bits.Of(values.AsSpan(row * k, k)));
                    double sum = logits[(row * columns)..((row + 1) * columns)].Sum(logit => Math.Exp(logit));
                    Assert.Equal(Math.Log(sum), sums[row], 2e-5);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Paths))]
    public void Pieces_that_are_forbidden_come_last_and_a_row_of_equal_ones_goes_by_column(string path)
    {
        float[] logits = new float[300];
        logits.AsSpan(0, 290).Fill(float.NegativeInfinity);
        (int[] ids, float[] values, _) = Best(path, logits, 300, 12);
        Assert.Equal([290, 291, 292, 293, 294, 295, 296, 297, 298, 299, 0, 1], ids);
        Assert.Equal(float.NegativeInfinity, values[11]);
        Assert.Equal(-MathF.Log(10), values[0], 1e-6f);
    }

    [Theory, MemberData(nameof(Paths))]
    public void A_row_without_finite_probabilities_is_told_by_NaN_and_leaves_its_neighbours_alone(string path)
    {
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity })
        {
            foreach (int place in new[] { 200, 301, 399 })
            {
                float[] logits = Numbers(600, 4, 1000);
                logits[place] = bad;
                (_, float[] values, float[] sums) = Best(path, logits, 200, 3);
                Assert.True(float.IsNaN(sums[1]) && float.IsNaN(values[3]) && float.IsNaN(values[5]));
                Assert.All([values[0], values[8], sums[0], sums[2]], value => Assert.True(float.IsFinite(value)));
            }
        }

        float[] none = new float[50];
        none.AsSpan().Fill(float.NegativeInfinity);
        Assert.True(float.IsNaN(Best(path, none, 50, 1).Sums[0]));
    }

    private static IKernels KernelsOf(string path) => path switch
    {
        "plain" => KernelCase.Plain,
        "one thread" => KernelCase.Simd,
        _ => KernelCase.TwoThreads,
    };

    private static float[] Numbers(int count, int seed, int different)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (8f * random.Next(different) / different) - 4)];
    }

    private static float[] LogSoftmax(string path, float[] logits, int columns)
    {
        using Workspace w = new(1);
        Storage<float> x = w.Numbers(logits.Length), y = w.Numbers(logits.Length);
        logits.CopyTo(x.Span);
        KernelsOf(path).LogSoftmax(x, y, columns);
        return y.Span.ToArray();
    }

    private static (int[] Ids, float[] Values, float[] Sums) Best(string path, float[] logits, int columns, int k)
    {
        using Workspace w = new(2);
        int rows = logits.Length / columns;
        Storage<float> x = w.Numbers(logits.Length), values = w.Numbers(rows * k), sums = w.Numbers(rows);
        Storage<int> ids = w.Ids(rows * k, 9);
        logits.CopyTo(x.Span);
        KernelsOf(path).BestOf(new Matrix(x, rows, columns), k, ids, values, sums);
        return (ids.Span.ToArray(), values.Span.ToArray(), sums.Span.ToArray());
    }
}
