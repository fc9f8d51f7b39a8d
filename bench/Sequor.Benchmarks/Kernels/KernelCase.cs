using Sequor.Tensors.Kernels;

namespace Sequor.Benchmarks.Kernels;

/// <summary>A kernel at a size that occurs in training.</summary>
/// <param name="Name">The kernel, as people call it.</param>
/// <param name="Size">Its sizes, such as <c>[4000, 128]</c>.</param>
/// <param name="Elements">Numbers that are worked on; times are given per number.</param>
/// <param name="Bytes">Bytes that are read and written.</param>
/// <param name="Prepare">Makes the operands and says what the work is.</param>
internal sealed record KernelCase(string Name, string Size, long Elements, long Bytes, Func<Operands, KernelWork> Prepare)
{
    /// <summary>Every kernel but the matrix products, which have a table of their own.</summary>
    internal static IReadOnlyList<KernelCase> All { get; } =
    [
        .. ElementwiseCases.All, .. RowCases.All, .. ReductionCases.All, .. AttentionCases.All, .. RecurrentCases.All, .. UpdateCases.All,
    ];

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Size}";
}

/// <summary>A piece of work on operands that are there.</summary>
/// <param name="Run">The work by one set of kernels.</param>
/// <param name="Primitives">The same by <c>TensorPrimitives</c>, on one thread; null where it has no such function.</param>
internal sealed record KernelWork(Action<IKernels> Run, Action? Primitives = null);
