using Sequor.Tensors.Autograd;
using Sequor.Tensors.Cpu;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Tests.Cpu;
using Sequor.Tensors.Timing;

namespace Sequor.Tensors.Tests.Timing;

public sealed class TimedDeviceTests
{
    private readonly TimedDevice _device = CpuDevice.Plain.Timed();

    public static TheoryData<string> Every => [.. KernelCase.All.Select(one => one.Name)];

    [Fact]
    public void Kernels_that_are_not_timed_are_the_devices_own()
    {
        Assert.Same(CpuDevice.Plain.Kernels, _device.Kernels);
        _device.StartTiming();
        Assert.NotSame(CpuDevice.Plain.Kernels, _device.Kernels);
        _device.StopTiming();
        Assert.Same(CpuDevice.Plain.Kernels, _device.Kernels);
    }

    [Theory, MemberData(nameof(Every))]
    public void A_timed_kernel_gives_the_same_bits_and_is_counted_under_its_name(string name)
    {
        KernelCase one = KernelCase.Named(name);
        _device.StartTiming();
        foreach (int seed in (int[])[1, 2])
        {
            Assert.Equal(
                Bits.Of(one.Results(CpuDevice.Plain.Kernels, 3, 17, seed)), Bits.Of(one.Results(_device.Kernels, 3, 17, seed)));
        }

        KernelTime time = Assert.Single(_device.StopTiming().Kernels);
        Assert.Equal(name.Split(' ')[0], time.Name);
        Assert.Equal(2, time.Calls);
        Assert.True(time.Seconds > 0);
        Assert.True(time.Bytes > 0);
    }

    [Fact]
    public void A_timing_starts_anew()
    {
        _device.StartTiming();
        Tensor.Zeros([4], _device);
        Assert.Equal("Fill", Assert.Single(_device.StopTiming().Kernels).Name);
        _device.StartTiming();
        Assert.Empty(_device.StopTiming().Kernels);
        Assert.Equal(0, new TimedDevice(CpuDevice.Plain).StopTiming().Seconds);
    }

    [Fact]
    public void Time_is_that_of_kernels_and_that_between_them()
    {
        _device.StartTiming();
        Tensor.Zeros([1000], _device);
        KernelTimes times = _device.StopTiming();

        Assert.True(times.SecondsInKernels > 0);
        Assert.True(times.SecondsOutside > 0);
        Assert.Equal(times.Seconds, times.SecondsInKernels + times.SecondsOutside, 12);
        Assert.Equal(0, times.SecondsInProducts);
    }

    [Fact]
    public void A_dense_layer_has_a_product_forwards_and_two_backwards_with_two_operations_for_each_term()
    {
        ParameterSet parameters = new(_device);
        Parameter weight = parameters.Add(["weight"], [5, 3]);
        Parameter first = parameters.Add(["first"], [7, 3]);
        parameters.Allocate();
        using Step step = new(_device);
        _device.StartTiming();
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            step.Backward(step.Use(first).Linear(weight).Sum());
        }

        KernelTimes times = _device.StopTiming();
        Assert.Equal(
            [(ProductRole.Forward, 7, 5, 3), (ProductRole.InputGradient, 7, 3, 5), (ProductRole.WeightGradient, 5, 3, 7)],
            times.Products.OrderBy(product => product.Role).Select(product => (product.Role, product.M, product.N, product.K)));
        Assert.All(times.Products, product => Assert.Equal(2 * 7 * 5 * 3, product.Operations));
        Assert.Equal(3 * 2 * 7 * 5 * 3, times.Operations);
        Assert.Equal(times.SecondsInProducts, times.Products.Sum(product => product.Seconds), 12);
    }

    [Fact]
    public void Products_of_the_logits_are_known_by_the_classes_of_the_loss()
    {
        ParameterSet parameters = new(_device);
        Parameter weight = parameters.Add(["weight"], [11, 3]);
        Parameter states = parameters.Add(["states"], [4, 3]);
        parameters.Allocate();
        using Step step = new(_device);
        _device.StartTiming();
        using (step.Begin(new StepOptions(RecordGradients: true)))
        {
            step.Backward(step.Use(states).ProjectedCrossEntropy(weight, default, [1, 2, 3, 10]).Loss);
        }

        Assert.Equal(
            [ProductRole.Logits, ProductRole.LogitsInputGradient, ProductRole.LogitsWeightGradient],
            _device.StopTiming().Products.Select(product => product.Role).Order());
    }

    [Fact]
    public void Products_of_one_weight_are_one_class_whatever_the_rows()
    {
        Tensor weight = Tensor.Zeros([5, 3], _device);
        _device.StartTiming();
        Tensor.Zeros([10, 3], _device).Linear(weight);
        Tensor.Zeros([20, 3], _device).Linear(weight);
        ProductTime product = Assert.Single(_device.StopTiming().Products);

        Assert.Equal((15, 5, 3, 2), (product.M, product.N, product.K, product.Calls));
        Assert.Equal(2 * 30 * 5 * 3, product.Operations);
    }

    [Fact]
    public void Batched_products_are_counted_one_by_one()
    {
        _device.StartTiming();
        Tensor.Zeros([4, 2, 3], _device).MatMul(Tensor.Zeros([4, 3, 5], _device));
        ProductTime product = Assert.Single(_device.StopTiming().Products);

        Assert.Equal((ProductRole.Batched, 2, 5, 3, 4), (product.Role, product.M, product.N, product.K, product.Calls));
        Assert.Equal(4 * 2 * 2 * 5 * 3, product.Operations);
    }

    // Sentences of 3 queries and 3 keys and of 2 and 2: 13 pairs, or, of which the future is hidden, 6 + 3. Two heads of 4 columns.
    [Theory, InlineData(false, 13), InlineData(true, 9)]
    public void Attention_counts_the_pairs_that_see_each_other(bool causal, int pairs)
    {
        using AttentionCase attention = new([(3, 3), (2, 2)], 2, 4, causal, dropout: 0, seed: 1);
        _device.StartTiming();
        (float[] output, float[] weights) = attention.Forward(_device.Kernels);
        KernelTime time = Assert.Single(_device.StopTiming().Kernels);

        (float[] expected, float[] expectedWeights) = attention.Forward(CpuDevice.Plain.Kernels);
        Assert.Equal(Bits.Of(expected), Bits.Of(output));
        Assert.Equal(Bits.Of(expectedWeights), Bits.Of(weights));
        Assert.Equal(("Attention", 2 * 2 * pairs * 8), (time.Name, time.Operations));
    }

    [Fact]
    public void Timing_allocates_nothing_once_every_kernel_is_known()
    {
        using Workspace w = new(1);
        Matrix a = new(w.Numbers(12), 3, 4), b = new(w.Numbers(20), 4, 5), c = new(w.Result(15), 3, 5);
        using AttentionCase attention = new([(3, 3), (2, 2)], 2, 4, causal: true, dropout: 0, seed: 1);
        Matrix output = new(w.Result(5 * 8), 5, 8);
        _device.StartTiming();
        long before = 0;
        for (int i = 0; i < 40; i++)
        {
            before = i == 20 ? GC.GetAllocatedBytesForCurrentThread() : before;
            _device.Kernels.MatMul(a, b, c, accumulate: true, default);
            _device.Kernels.Fill(c.Storage, 1);
            _device.Kernels.Attention(attention.Plan, attention.Queries, attention.Keys, attention.Values, output, default);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void The_peak_of_products_is_a_speed()
    {
        double speed = ProductPeak.Measure(CpuDevice.Shared, seconds: 0.02);

        Assert.InRange(speed, 1e7, 1e14);
        Assert.Throws<ArgumentOutOfRangeException>(() => ProductPeak.Measure(CpuDevice.Shared, 0));
    }

    [Fact]
    public void The_rate_of_reading_is_that_of_a_machine()
    {
        // From a slow memory to a fast cache.
        Assert.InRange(ReadRate.Measure(1, seconds: 0.02, CpuDevice.Shared), 1e8, 1e13);
        Assert.InRange(ReadRate.Measure(2, seconds: 0.02, CpuDevice.Shared), 1e8, 1e13);
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadRate.Measure(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadRate.Measure(1, 0));
    }
}
