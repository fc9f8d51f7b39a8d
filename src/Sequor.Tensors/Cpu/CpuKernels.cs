using Sequor.Tensors.Cpu.Simd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu;

/// <summary>A set of kernels with the name of the path that it runs.</summary>
/// <param name="Name">Such as <c>avx512</c>, <c>avx2</c>, <c>vector128</c> or <c>plain</c>.</param>
/// <param name="Kernels">The work itself.</param>
/// <param name="Path">The path in vectors; null for the plain loops.</param>
internal sealed record CpuKernels(string Name, IKernels Kernels, InstructionPath? Path)
{
    /// <summary>The plain loops.</summary>
    internal static CpuKernels Plain { get; } = new("plain", new PlainKernels(), null);

    /// <summary>
    /// The fastest set that this processor can run, or the one that <see cref="InstructionPaths.Variable"/> asks for:
    /// <c>plain</c> for finding faults, or the name of a path.
    /// </summary>
    /// <exception cref="InvalidOperationException">The variable asks for what does not exist or what this processor cannot run.</exception>
    internal static CpuKernels Choose() => Named(Environment.GetEnvironmentVariable(InstructionPaths.Variable));

    /// <summary>The set that a wish names; none for an empty one.</summary>
    internal static CpuKernels Named(string? wish)
    {
        if (string.Equals(wish, Plain.Name, StringComparison.OrdinalIgnoreCase))
        {
            return Plain;
        }

        InstructionPath path = InstructionPaths.Best;
        if (!string.IsNullOrWhiteSpace(wish) && !InstructionPaths.TryParse(wish, out path))
        {
            SettingErrors.UnknownKernels(InstructionPaths.Variable, wish, "plain, vector128, avx2, avx512");
        }

        if (!InstructionPaths.IsSupported(path))
        {
            SettingErrors.KernelsNotSupported(InstructionPaths.Variable, wish!, InstructionPaths.NameOf(InstructionPaths.Best));
        }

        return new CpuKernels(InstructionPaths.NameOf(path), new SimdKernels(path, WorkerPool.Shared), path);
    }

    /// <summary>What multiplies by packed weights of a type.</summary>
    internal string ProductInstructions(WeightType type) =>
        Path is { } path && WeightTypes.IsInteger(type) ? PackedMatMulTable.NameOf(PackedMatMulTable.Best(path, type)) : Name;
}
