using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Tests.Cpu;

[Trait("Suite", "Conformance")]
public sealed class AttentionTests
{
    [Theory]
    [InlineData(false, 0f)]
    [InlineData(true, 0f)]
    [InlineData(false, 0.3f)]
    [InlineData(true, 0.3f)]
    public void Vectors_agree_with_the_plain_loops_forward_and_backward(bool causal, float dropout)
    {
        (int, int)[][] batches =
        [
            .. Enumerable.Range(1, 40).Select(length => new[] { (length, length) }),
            [(3, 3), (1, 1), (17, 17), (64, 64), (65, 65), (9, 9)],
            [(1, 5), (4, 20), (0, 3), (70, 90), (2, 33)],
            [(130, 260)],
        ];
        int seed = 0;
        foreach ((int, int)[] lengths in batches)
        {
            int headWidth = new[] { 32, 8, 5, 64 }[seed % 4];
            using AttentionCase one = new(lengths, 1 + (seed % 3), headWidth, causal, dropout, seed++);
            (float[] output, float[] probabilities) = one.Forward(KernelCase.Plain);
            (float[] fastOutput, float[] fastProbabilities) = one.Forward(KernelCase.Simd);
            Close(output, fastOutput, 1e-5);
            Close(probabilities, fastProbabilities, 2e-6);
            Close(output, one.Forward(KernelCase.Simd, keepsWeights: false).Output, 1e-5);
            float[] slopes = one.Slopes(seed);
            bool accumulate = seed % 2 == 0;
            Close(
                one.Backward(KernelCase.Plain, probabilities, slopes, accumulate),
                one.Backward(KernelCase.Simd, probabilities, slopes, accumulate), 5e-5);
        }
    }

    [Fact]
    public void A_query_alone_has_the_bits_it_has_as_a_row_of_a_causal_sentence()
    {
        const int Heads = 2;
        const int HeadWidth = 16;
        foreach (int length in new[] { 70, 300 })
        {
            using AttentionCase whole = new([(length, length)], Heads, HeadWidth, causal: true, dropout: 0, seed: length);
            float[] together = whole.Forward(KernelCase.Simd).Output;
            for (int t = 0; t < length; t++)
            {
                AttentionPlan plan = whole.Plan with { Causal = false };
                using Workspace alone = new(3);
                plan = plan with
                {
                    QueryStarts = alone.Ids([t]),
                    QueryLengths = alone.Ids([1]),
                    KeyLengths = alone.Ids([t + 1]),
                };
                float[] output = new float[length * Heads * HeadWidth];
                using Workspace result = new(4);
                Matrix all = new(result.Result(output.Length), length, Heads * HeadWidth);
                KernelCase.Simd.Attention(plan, whole.Queries, whole.Keys, whole.Values, all, default);
                Assert.Equal(
                    Bits.Of(together.AsSpan(t * Heads * HeadWidth, Heads * HeadWidth)),
                    Bits.Of(all.Storage.Span.Slice(t * Heads * HeadWidth, Heads * HeadWidth)));
            }
        }
    }

    [Fact]
    public void A_query_has_the_same_bits_whatever_other_queries_read_the_same_keys()
    {
        foreach (int keys in Enumerable.Range(1, 70).Append(257).Append(600))
        {
            using AttentionCase many = new([(66, keys)], 2, 16, causal: false, dropout: 0, seed: keys);
            float[] together = many.Forward(KernelCase.Simd).Output;
            foreach (int t in new[] { 0, 13, 64, 65 })
            {
                using Workspace alone = new(3);
                AttentionPlan plan = many.Plan with { QueryStarts = alone.Ids([t]), QueryLengths = alone.Ids([1]) };
                Matrix all = new(alone.Result(66 * 32), 66, 32);
                KernelCase.Simd.Attention(plan, many.Queries, many.Keys, many.Values, all, default);
                Assert.Equal(Bits.Of(together.AsSpan(t * 32, 32)), Bits.Of(all.Storage.Span.Slice(t * 32, 32)));
            }
        }
    }

    [Fact]
    public void Weights_of_hidden_keys_and_of_padding_are_exactly_0()
    {
        using AttentionCase one = new([(5, 5)], 1, 8, causal: true, dropout: 0.5f, seed: 8);
        float[] weights = one.Forward(KernelCase.Simd).Probabilities;
        for (int t = 0; t < 5; t++)
        {
            Assert.All(weights.AsSpan(t * 16, t + 1).ToArray(), weight => Assert.True(weight > 0));
            Assert.All(weights.AsSpan((t * 16) + t + 1, 15 - t).ToArray(), weight => Assert.Equal(0f, weight));
            Assert.Equal(1, weights.AsSpan(t * 16, 16).ToArray().Sum(), 1e-6);
        }
    }

    private static void Close(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, FormattableString.Invariant($"number {i}: plain {expected[i]:R}, vectors {actual[i]:R}"));
        }
    }
}
