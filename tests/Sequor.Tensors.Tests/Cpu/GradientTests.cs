using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Tests.Cpu;

/// <summary>Every backward kernel against central differences of its forward kernel, on both sets of kernels.</summary>
public sealed class GradientTests
{
    private const int Rows = 3;
    private const int Width = 9;

    public static TheoryData<Activation, bool> Activations =>
        [.. Enum.GetValues<Activation>().SelectMany(a => new[] { new TheoryDataRow<Activation, bool>(a, true), new TheoryDataRow<Activation, bool>(a, false) })];

    public static TheoryData<bool> Both => [true, false];

    [Theory, MemberData(nameof(Activations))]
    public void Activations_and_gates(Activation activation, bool plain)
    {
        IKernels kernels = Kernels(plain);
        using Workspace w = new(1);
        Storage<float> x = AwayFromTheCorner(w.Numbers(2 * Rows * Width, 2)), y = w.Numbers(2 * Rows * Width);
        Storage<float> dy = w.Numbers(2 * Rows * Width), dx = w.Numbers(2 * Rows * Width);
        kernels.ActivateBackward(activation, x, dy, dx, accumulate: false);
        Check(x, dx, dy, y, () => kernels.Activate(activation, x, y));
        Storage<float> half = y.Slice(0, Rows * Width), dHalf = dy.Slice(0, Rows * Width);
        kernels.GateBackward(activation, x, dHalf, dx, Width, accumulate: false);
        Check(x, dx, dHalf, half, () => kernels.Gate(activation, x, half, Width));
    }

    [Theory, MemberData(nameof(Both))]
    public void Softmax_and_its_logarithm(bool plain)
    {
        IKernels kernels = Kernels(plain);
        using Workspace w = new(2);
        Storage<float> x = w.Numbers(Rows * Width, 2), y = w.Numbers(Rows * Width), dy = w.Numbers(Rows * Width), dx = w.Numbers(Rows * Width);
        kernels.Softmax(x, y, Width);
        kernels.SoftmaxBackward(y, dy, dx, Width, accumulate: false);
        Check(x, dx, dy, y, () => kernels.Softmax(x, y, Width));
        kernels.LogSoftmax(x, y, Width);
        kernels.LogSoftmaxBackward(y, dy, dx, Width, accumulate: false);
        Check(x, dx, dy, y, () => kernels.LogSoftmax(x, y, Width));
    }

    [Theory, MemberData(nameof(Both))]
    public void Layer_norm_in_its_input_gain_and_bias(bool plain)
    {
        IKernels kernels = Kernels(plain);
        using Workspace w = new(3);
        Storage<float> x = w.Numbers(Rows * Width, 2), gain = w.Numbers(Width), bias = w.Numbers(Width);
        Storage<float> y = w.Numbers(Rows * Width), dy = w.Numbers(Rows * Width), dx = w.Numbers(Rows * Width);
        Storage<float> statistics = w.Numbers(2 * Rows), dgain = w.Numbers(Width), dbias = w.Numbers(Width);
        dgain.Span.Clear();
        dbias.Span.Clear();
        kernels.LayerNorm(x, gain, bias, 1e-5f, y, statistics, Width);
        kernels.LayerNormBackward(x, gain, statistics, dy, dx, accumulate: false, dgain, dbias, Width);
        void Forward() => kernels.LayerNorm(x, gain, bias, 1e-5f, y, default, Width);
        Check(x, dx, dy, y, Forward);
        Check(gain, dgain, dy, y, Forward);
        Check(bias, dbias, dy, y, Forward);
    }

    [Theory, MemberData(nameof(Both))]
    public void Rms_norm_in_its_input_and_gain(bool plain)
    {
        IKernels kernels = Kernels(plain);
        using Workspace w = new(4);
        Storage<float> x = w.Numbers(Rows * Width, 2), gain = w.Numbers(Width), y = w.Numbers(Rows * Width);
        Storage<float> dy = w.Numbers(Rows * Width), dx = w.Numbers(Rows * Width), statistics = w.Numbers(Rows), dgain = w.Numbers(Width);
        dgain.Span.Clear();
        kernels.RmsNorm(x, gain, 1e-5f, y, statistics, Width);
        kernels.RmsNormBackward(x, gain, statistics, dy, dx, accumulate: false, dgain, Width);
        void Forward() => kernels.RmsNorm(x, gain, 1e-5f, y, default, Width);
        Check(x, dx, dy, y, Forward);
        Check(gain, dgain, dy, y, Forward);
    }

    [Theory, MemberData(nameof(Both))]
    public void Cross_entropy_with_and_without_smoothing(bool plain)
    {
        IKernels kernels = Kernels(plain);
        foreach (float smoothing in new[] { 0, 0.1f, 1 })
        {
            using Workspace w = new(5);
            Storage<float> x = w.Numbers(Rows * Width, 2), dx = w.Numbers(Rows * Width), losses = w.Numbers(Rows), ones = w.Numbers(Rows);
            Storage<int> targets = w.Ids(Rows, Width);
            ones.Span.Fill(0.25f);
            x.Span.CopyTo(dx.Span);
            kernels.CrossEntropy(dx, targets, smoothing, 0.25f, losses, w.Numbers(Rows), w.Numbers(Rows), Width);
            Storage<float> likelihoods = w.Numbers(Rows), correct = w.Numbers(Rows);
            Check(x, dx, ones, losses, () => kernels.CrossEntropy(x, targets, smoothing, 0, losses, likelihoods, correct, Width));
        }
    }

    [Theory]
    [InlineData(true, false, 0f)]
    [InlineData(true, true, 0.3f)]
    [InlineData(false, false, 0.3f)]
    [InlineData(false, true, 0f)]
    public void Attention_in_queries_keys_and_values(bool plain, bool causal, float dropout)
    {
        IKernels kernels = Kernels(plain);
        using AttentionCase one = new([(3, 5), (4, 4)], heads: 2, headWidth: 4, causal, dropout, seed: 6);
        float[] slopes = one.Slopes(7);
        float[] gradients = one.Backward(kernels, one.Forward(kernels).Probabilities, slopes, accumulate: false);
        double Loss() => one.Forward(kernels, keepsWeights: false).Output.Zip(slopes).Sum(pair => (double)pair.First * pair.Second);
        int next = 0;
        foreach (Matrix matrix in new[] { one.Queries, one.Keys, one.Values })
        {
            for (int row = 0; row < matrix.Rows; row++)
            {
                for (int column = 0; column < matrix.Columns; column++)
                {
                    int place = (int)(row * matrix.RowStride) + column;
                    double numeric = Difference(matrix.Storage, place, Loss);
                    Assert.Equal(numeric, gradients[next++], 4e-3 * Math.Max(1, Math.Abs(numeric)));
                }
            }
        }
    }

    [Theory, MemberData(nameof(Both))]
    public void Scatter_is_the_transpose_of_gather_and_dropout_of_itself(bool plain)
    {
        IKernels kernels = Kernels(plain);
        using Workspace w = new(8);
        Storage<int> ids = w.Ids([2, 0, 2, 4]);
        Storage<float> table = w.Numbers(5 * Width), y = w.Numbers(4 * Width), dy = w.Numbers(4 * Width), dTable = w.Numbers(5 * Width);
        dTable.Span.Clear();
        kernels.Gather(table, ids, 1.5f, y, Width, accumulate: false);
        kernels.ScatterAdd(dy, ids, 1.5f, dTable, Width);
        Assert.Equal(Dot(y, dy), Dot(table, dTable), 1e-5);
        DropoutMask mask = new(w.Keys(4), 3, 0.4f);
        Storage<float> x = w.Numbers(4 * Width), dx = w.Numbers(4 * Width);
        kernels.Dropout(x, default, y, Width, mask);
        kernels.DropoutBackward(dy, dx, Width, mask, accumulate: false);
        Assert.Equal(Dot(y, dy), Dot(x, dx), 1e-5);
        Assert.InRange(y.Span.ToArray().Count(v => v == 0), 5, 25);
    }

    [Theory, MemberData(nameof(Both))]
    public void Rotating_back_undoes_rotating_and_products_see_only_distances(bool plain)
    {
        IKernels kernels = Kernels(plain);
        using Workspace w = new(9);
        Storage<float> x = w.Numbers(2 * 16), y = w.Numbers(2 * 16), back = w.Numbers(2 * 16);
        x.Span[..16].CopyTo(x.Span[16..]);
        kernels.Rotate(new Matrix(x, 2, 16), new Matrix(y, 2, 16), w.Ids([3, 10]), 8, 1e4f, inverse: false);
        double near = Dot(y.Slice(0, 16), y.Slice(16, 16));
        kernels.Rotate(new Matrix(y, 2, 16), new Matrix(back, 2, 16), w.Ids([3, 10]), 8, 1e4f, inverse: true);
        for (int i = 0; i < 32; i++)
        {
            Assert.Equal(x.Span[i], back.Span[i], 1e-6);
        }

        kernels.Rotate(new Matrix(x, 2, 16), new Matrix(y, 2, 16), w.Ids([2003, 2010]), 8, 1e4f, inverse: false);
        Assert.Equal(near, Dot(y.Slice(0, 16), y.Slice(16, 16)), 1e-5);
    }

    private static void Check(Storage<float> input, Storage<float> gradient, Storage<float> dy, Storage<float> y, Action forward)
    {
        for (int i = 0; i < input.Length; i++)
        {
            double numeric = Difference(input, i, () =>
            {
                forward();
                return Dot(y, dy);
            });
            Assert.Equal(numeric, gradient.Span[i], 3e-3 * Math.Max(1, Math.Abs(numeric)));
        }
    }

    private static double Difference(Storage<float> input, int place, Func<double> loss)
    {
        const float Step = 1f / 128;
        float kept = input.Span[place];
        input.Span[place] = kept + Step;
        double above = loss();
        input.Span[place] = kept - Step;
        double below = loss();
        input.Span[place] = kept;
        return (above - below) / (2 * Step);
    }

    // The rectifier has no slope at 0, so no number may lie nearer to it than a step.
    private static Storage<float> AwayFromTheCorner(Storage<float> x)
    {
        foreach (ref float value in x.Span)
        {
            value += MathF.CopySign(0.05f, value);
        }

        return x;
    }

    private static double Dot(Storage<float> a, Storage<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a.Span[i] * b.Span[i];
        }

        return sum;
    }

    private static IKernels Kernels(bool plain) => plain ? KernelCase.Plain : KernelCase.Simd;
}
