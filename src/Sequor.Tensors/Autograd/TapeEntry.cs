using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>Adds what flows back through one op to the gradients of its inputs.</summary>
/// <param name="entry">What the op remembered.</param>
/// <param name="gradients">The gradients so far; that of the entry's output is complete.</param>
internal delegate void BackwardFunction(in TapeEntry entry, Gradients gradients);

/// <summary>What one op remembers for the way back. A struct in a reused list with static functions, so that recording allocates nothing.</summary>
internal struct TapeEntry
{
    internal BackwardFunction Backward;
    internal Tensor Output;

    /// <summary>Which of the tensors' numbers the way back does not look at: their memory may be given back before it.</summary>
    internal TapeValues Unread;

    /// <summary>Whether <see cref="Saved"/> was taken for this entry alone and goes with a discarded output.</summary>
    internal bool OwnsSaved;
    internal Tensor A;
    internal Tensor B;
    internal Tensor C;
    internal Tensor D;
    internal Tensor E;
    internal Storage<float> Saved;
    internal Storage<float> SavedB;
    internal Storage<float> SavedC;
    internal Storage<int> Ids;
    internal DropoutMask Mask;
    internal AttentionPlan Plan;
    internal Activation Activation;
    internal float Factor;
    internal int First;
    internal int Second;

    /// <summary>What an op of many steps or inputs remembers beyond the fields above.</summary>
    internal object? Details;
}
