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
}
