using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>A row of numbers for every piece of a vocabulary.</summary>
public sealed class Embedding
{
    private readonly float _scale;

    /// <summary>Makes the table from <c>weight</c> [size, width], drawn with deviation 1/√width.</summary>
    /// <param name="size">Pieces in the vocabulary, V.</param>
    /// <param name="width">Numbers per piece, D.</param>
    /// <param name="weights">Where the table comes from.</param>
    public Embedding(int size, int width, INamedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Table = weights.Get("weight", [size, width], Initializer.Normal(1 / MathF.Sqrt(width)), ParameterRole.Matrix);
        _scale = MathF.Sqrt(width);
    }

    /// <summary>Looks pieces up in a table that others may share.</summary>
    /// <param name="table">[V, D]</param>
    /// <param name="scale">What rows are multiplied by; 1 for the rows as they are.</param>
    public Embedding(Parameter table, float scale)
    {
        ArgumentNullException.ThrowIfNull(table);
        (Table, _scale) = (table, scale);
    }

    /// <summary>The table, [V, D]; an output projection may share it.</summary>
    public Parameter Table { get; }

    /// <summary>Looks pieces up; rows are multiplied by √D (Vaswani et al. 2017, §3.4) where no other scale was chosen.</summary>
    /// <param name="step">The step that owns the result.</param>
    /// <param name="ids">[N]</param>
    /// <returns>[N, D]</returns>
    public Tensor Forward(Step step, ReadOnlySpan<int> ids) => Table.Value.Gather(step, ids, _scale);
}
