using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Cpu.Simd.Vectors;

/// <summary>A query row and the source sentence that it reads.</summary>
internal readonly unsafe struct SourceRow
{
    /// <summary>The row at a place of the plan's order.</summary>
    internal SourceRow(in SourcePlan plan, int place)
    {
        Index = ((int*)plan.Order.Address)[place];
        Start = ((int*)plan.Starts.Address)[Index];
        Length = ((int*)plan.Lengths.Address)[Index];
    }

    /// <summary>The query row.</summary>
    internal int Index { get; }

    /// <summary>The sentence's first source row.</summary>
    internal int Start { get; }

    /// <summary>The sentence's length.</summary>
    internal int Length { get; }

    /// <summary>The place in the plan's order at which an item of whole sentences begins.</summary>
    internal static int FirstPlace(in SourcePlan plan, in SourceCut cut, int item) => ((int*)plan.GroupStarts.Address)[cut.First(item)];

    /// <summary>Makes the columns behind the sentence 0.</summary>
    internal void ClearBehind(float* scoreRow, int stride) => new Span<float>(scoreRow + Length, stride - Length).Clear();
}
