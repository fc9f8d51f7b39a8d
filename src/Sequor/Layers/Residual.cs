using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>What stands around every block: normalisation before or after it, dropout, and the way past it.</summary>
public sealed class Residual
{
    private readonly Norm _norm;
    private readonly bool _normalizeFirst;
    private readonly float _dropout;

    /// <summary>Makes the surroundings of one block.</summary>
    /// <param name="options">Width, normalisation and dropout.</param>
    /// <param name="weights">Where the normalisation's weights come from.</param>
    public Residual(BlockOptions options, INamedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(options);
        _norm = new Norm(options.Norm, options.Width, weights);
        _normalizeFirst = options.NormalizeFirst;
        _dropout = options.Dropout;
    }

    /// <summary>What the block reads.</summary>
    /// <param name="x">[N, D]</param>
    /// <returns>[N, D]</returns>
    public Tensor Enter(Tensor x) => _normalizeFirst ? _norm.Forward(x) : x;

    /// <summary>What the next block reads: x + dropout(block), normalised in a post-norm model.</summary>
    /// <param name="x">[N, D]; what went past the block.</param>
    /// <param name="block">[N, D]; what the block made. It is used up.</param>
    /// <param name="layout">The sentences whose rows these are.</param>
    /// <returns>[N, D]</returns>
    public Tensor Leave(Tensor x, Tensor block, SequenceLayout layout)
    {
        Tensor sum = block.Dropout(_dropout, layout, x);
        block.Discard();
        if (_normalizeFirst)
        {
            return sum;
        }

        Tensor normalized = _norm.Forward(sum);
        sum.Discard();
        return normalized;
    }
}
