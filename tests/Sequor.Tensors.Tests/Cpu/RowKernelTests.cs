using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>What must hold for kernels that work row by row, on every path.</summary>
[Trait("Suite", "Conformance")]
public sealed class RowKernelTests
{
    private static readonly int[] Widths = [1, 2, 5, 15, 16, 17, 31, 64, 65, 130, 1000, 10_007];

    public static TheoryData<bool> Both => [true, false];

    [Theory, MemberData(nameof(Both))]
    public void Softmax_agrees_with_double_precision(bool plain)
    {
        foreach (int width in Widths)
        {
            using Workspace w = new(width);
            Storage<float> x = w.Numbers(width, 10), y = w.Numbers(width);
            Kernels(plain).Softmax(x, y, width);
            double greatest = x.Span.ToArray().Max();
            double sum = x.Span.ToArray().Sum(v => Math.Exp(v - greatest));
            for (int i = 0; i < width; i++)
            {
                double expected = Math.Exp(x.Span[i] - greatest) / sum;
                Assert.Equal(expected, y.Span[i], 3e-6 * expected);
            }
        }
    }

    [Theory, MemberData(nameof(Both))]
    public void Softmax_and_its_logarithm_are_unmoved_by_a_shared_offset(bool plain)
    {
        using Workspace w = new(1);
        Storage<float> x = w.Numbers(40), y = w.Numbers(40), moved = w.Numbers(40);

        // Multiples of 2^-10 survive an offset of 10,000 without rounding.
        foreach (ref float value in x.Span)
        {
            value = MathF.Round(value * 1024) / 1024;
        }

        Kernels(plain).Softmax(x, y, 40);
        Storage<float> far = w.Numbers(40);
        for (int i = 0; i < 40; i++)
        {
            far.Span[i] = x.Span[i] + 1e4f;
        }

        Kernels(plain).Softmax(far, moved, 40);
        Assert.Equal(Bits.Of(y.Span), Bits.Of(moved.Span));
        Kernels(plain).LogSoftmax(x, y, 40);
        Kernels(plain).LogSoftmax(far, moved, 40);
        Assert.Equal(Bits.Of(y.Span), Bits.Of(moved.Span));
    }

    [Theory, MemberData(nameof(Both))]
    public void Huge_and_forbidden_logits_give_finite_losses_and_exact_zeros(bool plain)
    {
        using Workspace w = new(1);
        Storage<float> x = w.Numbers(20), y = w.Numbers(20);
        x.Span.Fill(float.NegativeInfinity);
        x.Span[3] = 3e38f;
        x.Span[17] = 3e38f;
        Kernels(plain).Softmax(x, y, 20);
        Assert.Equal(0.5f, y.Span[3]);
        Assert.Equal(0.5f, y.Span[17]);
        Assert.Equal(18, y.Span.ToArray().Count(v => v == 0));
        Storage<float> loss = w.Numbers(1), likelihood = w.Numbers(1), correct = w.Numbers(1);
        Kernels(plain).CrossEntropy(x, w.Ids([17]), 0, 1, loss, likelihood, correct, 20);
        Assert.Equal(Math.Log(2), loss.Span[0], 1e-7);
        Assert.Equal(Math.Log(2), likelihood.Span[0], 1e-7);
        Assert.Equal(0f, correct.Span[0]);
        Assert.Equal(-0.5f, x.Span[17]);
        Assert.Equal(0.5f, x.Span[3]);
    }

    [Theory, MemberData(nameof(Both))]
    public void Not_a_number_in_a_row_reaches_the_whole_row_and_no_other(bool plain)
    {
        for (int bad = 0; bad < 37; bad++)
        {
            using Workspace w = new(bad);
            Storage<float> x = w.Numbers(3 * 37), y = w.Numbers(3 * 37), logits = w.Numbers(3 * 37);
            x.Span[37 + bad] = float.NaN;
            logits.Span[37 + bad] = float.NaN;
            Kernels(plain).Softmax(x, y, 37);
            AssertOnlyTheSecondRowIsNaN(y);
            Kernels(plain).LogSoftmax(x, y, 37);
            AssertOnlyTheSecondRowIsNaN(y);
            Kernels(plain).LayerNorm(x, w.Numbers(37), w.Numbers(37), 1e-5f, y, default, 37);
            AssertOnlyTheSecondRowIsNaN(y);
            Storage<float> loss = w.Numbers(3), likelihood = w.Numbers(3), correct = w.Numbers(3);
            Kernels(plain).CrossEntropy(logits, w.Ids([1, 2, 3]), 0.1f, 1, loss, likelihood, correct, 37);
            AssertOnlyTheSecondRowIsNaN(logits);
            Assert.True(float.IsNaN(loss.Span[1]) && float.IsNaN(likelihood.Span[1]));
            Assert.Equal(0f, correct.Span[1]);
        }
    }

    [Theory, MemberData(nameof(Both))]
    public void Layer_norm_agrees_with_double_precision_also_far_from_0(bool plain)
    {
        foreach (int width in Widths.Where(width => width > 1))
        {
            using Workspace w = new(width);
            Storage<float> x = w.Numbers(width, 1, around: 100), gain = w.Numbers(width), bias = w.Numbers(width), y = w.Numbers(width);
            Storage<float> statistics = w.Numbers(2);
            Kernels(plain).LayerNorm(x, gain, bias, 1e-5f, y, statistics, width);
            double mean = x.Span.ToArray().Average(v => (double)v);
            double variance = x.Span.ToArray().Average(v => (v - mean) * (v - mean));
            double reciprocal = 1 / Math.Sqrt(variance + 1e-5);
            Assert.Equal(mean, statistics.Span[0], 2e-5);
            Assert.Equal(reciprocal, statistics.Span[1], 1e-5 * reciprocal);
            for (int i = 0; i < width; i++)
            {
                Assert.Equal(((x.Span[i] - mean) * reciprocal * gain.Span[i]) + bias.Span[i], y.Span[i], 1e-4);
            }
        }
    }

    [Theory, MemberData(nameof(Both))]
    public void The_target_counts_as_right_only_as_the_first_greatest_logit(bool plain)
    {
        using Workspace w = new(1);
        Storage<float> logits = w.Numbers(3 * 20), loss = w.Numbers(3), likelihood = w.Numbers(3), correct = w.Numbers(3);
        logits.Span.Clear();
        foreach (int place in new[] { 7, 18, 20 + 7, 20 + 18, 40 + 19 })
        {
            logits.Span[place] = 2;
        }

        Kernels(plain).CrossEntropy(logits, w.Ids([7, 18, 19]), 0.1f, 0, loss, likelihood, correct, 20);
        Assert.Equal([1, 0, 1], correct.Span.ToArray());
    }

    [Theory]
    [InlineData("softmax")]
    [InlineData("log softmax")]
    [InlineData("layer norm")]
    [InlineData("rms norm")]
    [InlineData("sums")]
    [InlineData("cross entropy")]
    public void A_row_has_the_same_bits_alone_and_among_others(string kernel)
    {
        foreach (int width in Widths)
        {
            const int Rows = 9;
            using Workspace w = new(width);
            Storage<float> x = w.Numbers(Rows * width, 4), gain = w.Numbers(width), bias = w.Numbers(width);
            Storage<float> together = w.Numbers(Rows * width), alone = w.Numbers(width);
            Run(kernel, x, gain, bias, together, width);
            for (int row = 0; row < Rows; row++)
            {
                Run(kernel, x.Slice(row * width, width), gain, bias, alone, width);
                int written = kernel == "sums" ? 1 : width;
                Assert.Equal(Bits.Of(alone.Span[..written]), Bits.Of(together.Span.Slice(row * written, written)));
            }
        }
    }

    [Theory]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void An_element_has_the_same_bits_wherever_it_lies(Activation activation)
    {
        using Workspace w = new(5);
        Storage<float> x = w.Numbers(300, 5), dy = w.Numbers(300), y = w.Numbers(300), dx = w.Numbers(300), part = w.Numbers(300);
        KernelCase.Simd.Activate(activation, x, y);
        KernelCase.Simd.ActivateBackward(activation, x, dy, dx, accumulate: false);
        for (int start = 0; start < 70; start++)
        {
            int length = 1 + (start * 3);
            Storage<float> result = part.Slice(0, length);
            KernelCase.Simd.Activate(activation, x.Slice(start, length), result);
            Assert.Equal(Bits.Of(y.Span.Slice(start, length)), Bits.Of(result.Span));
            KernelCase.Simd.ActivateBackward(activation, x.Slice(start, length), dy.Slice(start, length), result, accumulate: false);
            Assert.Equal(Bits.Of(dx.Span.Slice(start, length)), Bits.Of(result.Span));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(4097)]
    [InlineData(40_000)]
    public void A_sum_is_added_up_in_the_same_order_on_every_instruction_set(int count)
    {
        using Workspace w = new(count);
        Storage<float> x = w.Numbers(count);
        double expected = 0;
        for (int start = 0; start < count; start += 4096)
        {
            double[] lanes = new double[8];
            Span<float> block = x.Span.Slice(start, Math.Min(4096, count - start));
            int whole = block.Length / 16 * 16;
            for (int lane = 0; lane < 8; lane++)
            {
                double even = 0, odd = 0;
                for (int i = lane; i < whole; i += 16)
                {
                    even += block[i];
                    odd += block[i + 8];
                }

                lanes[lane] = even + odd;
            }

            double sum = lanes[0] + lanes[4] + (lanes[2] + lanes[6]) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
            foreach (float last in block[whole..])
            {
                sum += last;
            }

            expected += sum;
        }

        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(KernelCase.Simd.Sum(x)));
    }

    private static void Run(string kernel, Storage<float> x, Storage<float> gain, Storage<float> bias, Storage<float> y, int width)
    {
        int rows = (int)(x.Length / width);
        switch (kernel)
        {
            case "softmax":
                KernelCase.Simd.Softmax(x, y, width);
                break;
            case "log softmax":
                KernelCase.Simd.LogSoftmax(x, y, width);
                break;
            case "layer norm":
                KernelCase.Simd.LayerNorm(x, gain, bias, 1e-5f, y, default, width);
                break;
            case "rms norm":
                KernelCase.Simd.RmsNorm(x, gain, 1e-5f, y, default, width);
                break;
            case "sums":
                KernelCase.Simd.RowSums(new Matrix(x, rows, width), y, accumulate: false);
                break;
            default:
                x.Span.CopyTo(y.Span);
                using (Workspace w = new(1))
                {
                    int[] targets = [.. Enumerable.Repeat(width / 2, rows)];
                    KernelCase.Simd.CrossEntropy(y, w.Ids(targets), 0.1f, 1, w.Numbers(rows), w.Numbers(rows), w.Numbers(rows), width);
                }

                break;
        }
    }

    private static void AssertOnlyTheSecondRowIsNaN(Storage<float> rows)
    {
        int width = (int)rows.Length / 3;
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(i / width == 1, float.IsNaN(rows.Span[i]));
        }
    }

    private static IKernels Kernels(bool plain) => plain ? KernelCase.Plain : KernelCase.Simd;
}
