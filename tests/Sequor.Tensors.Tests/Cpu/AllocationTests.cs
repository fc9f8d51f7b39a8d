using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

public sealed class AllocationTests
{
    public static TheoryData<string> Kernels => ["activate", "layer norm", "attention", "attention backward", "cross entropy", "adam", "additive scores", "sums"];

    [Theory, MemberData(nameof(Kernels))]
    public void A_warm_kernel_allocates_nothing_for_the_collector(string kernel)
    {
        using Workspace w = new(1);
        Storage<float> a = w.Numbers(60_000), b = w.Numbers(60_000), c = w.Numbers(60_000), d = w.Numbers(60_000, 0.5f, 1);
        Storage<int> targets = w.Ids(60, 1000);
        using AttentionCase attention = new([.. Enumerable.Repeat((20, 20), 30)], 4, 32, causal: true, dropout: 0.1f, seed: 1);
        Storage<float> weights = w.Numbers(attention.ProbabilityCount);
        Matrix wide = new(w.Numbers(600 * 128), 600, 128);
        SourcePlan readers = KernelCase.Plan(w, 60, 1, 9, out int positions);
        AdditiveTerms terms = new(a.Slice(0, 60 * 64), b.Slice(0, positions * 64), c.Slice(0, 64), default, default, 64, 0);
        AdditiveTerms slopes = new(d.Slice(0, 60 * 64), d.Slice(60 * 64, positions * 64), d.Slice(50_000, 64), default, default, 64, 0);
        Action run = kernel switch
        {
            "activate" => () => KernelCase.TwoThreads.Activate(Activation.Gelu, a, b),
            "layer norm" => () => KernelCase.TwoThreads.LayerNormBackward(
                a, b.Slice(0, 100), d, c, b, accumulate: false, c.Slice(0, 100), c.Slice(100, 100), 100),
            "attention" => () => KernelCase.TwoThreads.Attention(
                attention.Plan, attention.Queries, attention.Keys, attention.Values, wide, weights),
            "attention backward" => () => KernelCase.TwoThreads.AttentionBackward(
                attention.Plan, attention.Queries, attention.Keys, attention.Values, weights, wide, wide, wide, wide, accumulate: true),
            "cross entropy" => () => KernelCase.TwoThreads.CrossEntropy(a, targets, 0.1f, 1, b, c, d, 1000),
            "additive scores" => () => KernelCase.TwoThreads.AdditiveScoresBackward(readers, terms, a.Slice(0, 540), slopes),
            "adam" => () => KernelCase.TwoThreads.Adam(a, b, c, d, new AdamSettings(1e-3f, 0.9f, 0.98f, 1e-9f, 0.1f, 0.02f, 1, 0, 0)),
            _ => () => KernelCase.TwoThreads.SumOfSquares(a),
        };
        for (int i = 0; i < 20; i++)
        {
            run();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            run();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
