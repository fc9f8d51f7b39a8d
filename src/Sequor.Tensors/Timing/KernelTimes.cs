namespace Sequor.Tensors.Timing;

/// <summary>Where the time of some work went.</summary>
/// <param name="Seconds">Wall time from start to stop.</param>
/// <param name="Kernels">Every kernel that was called, most time first.</param>
/// <param name="Products">Every class of matrix products, most time first.</param>
public sealed record KernelTimes(double Seconds, IReadOnlyList<KernelTime> Kernels, IReadOnlyList<ProductTime> Products)
{
    /// <summary>Time in kernels.</summary>
    public double SecondsInKernels => Kernels.Sum(kernel => kernel.Seconds);

    /// <summary>Time between kernels: copies to the device, checks, bookkeeping, waiting for batches.</summary>
    public double SecondsOutside => Math.Max(0, Seconds - SecondsInKernels);

    /// <summary>Multiplications and additions of matrix products and attention.</summary>
    public double Operations => Kernels.Sum(kernel => kernel.Operations);

    /// <summary>Time in the kernels that <see cref="Operations"/> counts.</summary>
    public double SecondsInProducts => Kernels.Where(kernel => kernel.Operations > 0).Sum(kernel => kernel.Seconds);
}

/// <summary>What one kernel took.</summary>
/// <param name="Name">Its name in <c>IKernels</c>.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="Seconds">Wall time within it.</param>
/// <param name="Operations">Multiplications and additions, counted where a kernel does little else: products and attention; 0 for others.</param>
/// <param name="Bytes">Bytes that must at least be read and written: every argument once. What stays in caches never reaches memory.</param>
public sealed record KernelTime(string Name, long Calls, double Seconds, double Operations, double Bytes);

/// <summary>What matrix products of one role and shape took, [M, K] · [K, N].</summary>
/// <param name="Role">What the products are for.</param>
/// <param name="M">Rows of the result; a mean where it changes from batch to batch.</param>
/// <param name="N">Columns of the result; a mean where it changes.</param>
/// <param name="K">The inner size; a mean where it changes.</param>
/// <param name="Calls">How many products.</param>
/// <param name="Seconds">Wall time of all.</param>
/// <param name="Operations">Multiplications and additions of all, 2·M·N·K for each.</param>
public sealed record ProductTime(ProductRole Role, double M, double N, double K, long Calls, double Seconds, double Operations);

/// <summary>What a matrix product is for.</summary>
public enum ProductRole
{
    /// <summary>Rows by a weight: x · Wᵀ.</summary>
    Forward,

    /// <summary>The gradient of the rows: dy · W.</summary>
    InputGradient,

    /// <summary>The gradient of the weight: dyᵀ · x.</summary>
    WeightGradient,

    /// <summary>Rows by the weight that gives the logits.</summary>
    Logits,

    /// <summary>The gradient of the rows that gave the logits.</summary>
    LogitsInputGradient,

    /// <summary>The gradient of the weight that gave the logits.</summary>
    LogitsWeightGradient,

    /// <summary>One of many products of one shape.</summary>
    Batched,
}
