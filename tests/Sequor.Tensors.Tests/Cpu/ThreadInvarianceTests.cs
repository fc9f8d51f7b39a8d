namespace Sequor.Tensors.Tests.Cpu;

public sealed class ThreadInvarianceTests
{
    public static TheoryData<string> Every => [.. KernelCase.All.Select(one => one.Name)];

    // Scratch memory that two items share by mistake shows only when its contents change from batch to batch.
    [Theory, MemberData(nameof(Every))]
    public void Two_threads_give_the_bits_of_one_over_different_batches(string name)
    {
        KernelCase one = KernelCase.Named(name);
        (int Rows, int Width)[] shapes = [(350, 100), (129, 384), (1000, 33), (2100, 20)];
        for (int seed = 0; seed < 5; seed++)
        {
            (int rows, int width) = shapes[seed % shapes.Length];
            float[] expected = one.Results(KernelCase.Simd, rows, width, seed);
            Assert.Equal(Bits.Of(expected), Bits.Of(one.Results(KernelCase.TwoThreads, rows, width, seed)));
        }
    }

    [Fact]
    public void Two_threads_give_the_bits_of_one_in_attention_forward_and_backward()
    {
        for (int seed = 0; seed < 8; seed++)
        {
            (int, int)[] lengths = [.. Enumerable.Range(0, 30).Select(i => (5 + (((seed + 3) * i) % 40), 5 + (((seed + 3) * i) % 40)))];
            using AttentionCase one = new(lengths, 4, 32, causal: seed % 2 == 0, dropout: 0.1f, seed);
            (float[] output, float[] probabilities) = one.Forward(KernelCase.Simd);
            (float[] secondOutput, float[] secondProbabilities) = one.Forward(KernelCase.TwoThreads);
            Assert.Equal(Bits.Of(output), Bits.Of(secondOutput));
            Assert.Equal(Bits.Of(probabilities), Bits.Of(secondProbabilities));
            float[] slopes = one.Slopes(seed);
            Assert.Equal(
                Bits.Of(one.Backward(KernelCase.Simd, probabilities, slopes, accumulate: false)),
                Bits.Of(one.Backward(KernelCase.TwoThreads, probabilities, slopes, accumulate: false)));
        }
    }
}
