using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Kernels;

/// <summary>
/// Hypotheses that each read the keys and values of their own positions. What was written at a position lies in a slot of a block: a block holds
/// <see cref="SlotsPerBlock"/> slots, a slot 2D numbers of each layer, keys and values side by side: slots in use lie together, so that a few hypotheses touch few pages
/// of a block. Behind each layer's numbers is a gap: a power of two from one slot to the next would bring all of them to the same few lines of the caches.
/// </summary>
/// <param name="Rows">The number of hypotheses, R.</param>
/// <param name="Heads">The number of heads, H.</param>
/// <param name="HeadWidth">Columns per head; D is heads × head width.</param>
/// <param name="Scale">The factor on the scores before the softmax, usually 1/√(head width).</param>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Layers">How many layers the slots have room for.</param>
/// <param name="Blocks">Where each block begins.</param>
/// <param name="Slots">The slots of each hypothesis's positions, the first one first, [R, stride].</param>
/// <param name="Stride">Numbers from one hypothesis's slots to the next.</param>
/// <param name="Lengths">The positions of each hypothesis, 1 or more, [R]; the last is the one that is being written.</param>
public readonly record struct SlotPlan(
    int Rows, int Heads, int HeadWidth, float Scale, int Layer, int Layers, Storage<nint> Blocks, Storage<int> Slots, int Stride, Storage<int> Lengths)
{
    /// <summary>The slots of a block.</summary>
    public const int SlotsPerBlock = 256;

    private const int Gap = 16;

    /// <summary>The numbers from one layer of a slot to the next.</summary>
    /// <param name="width">D.</param>
    internal static long SlotFloats(int width) => (((2L * width) + Gap - 1) / Gap * Gap) + Gap;

    /// <summary>The numbers from a block's beginning to a slot of the plan's layer.</summary>
    /// <param name="slot">The slot, counted over all blocks.</param>
    internal long OffsetOf(int slot) => (((long)(slot % SlotsPerBlock) * Layers) + Layer) * SlotFloats(Heads * HeadWidth);
}
