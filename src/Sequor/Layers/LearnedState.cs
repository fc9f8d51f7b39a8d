using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>A trained state at which a recurrent layer starts, the same for every sentence: <c>hidden</c> [1, H] and, where the cell has one, <c>cell</c> [1, H].</summary>
internal sealed class LearnedState
{
    private readonly Parameter _hidden;
    private readonly Parameter? _cell;

    internal LearnedState(RecurrentStackOptions options, INamedWeights weights)
    {
        _hidden = weights.Get("hidden", [1, options.Width], Initializer.Zeros);
        _cell = RecurrentPass.HasCellState(options.Cell) ? weights.Get("cell", [1, options.Width], Initializer.Zeros) : null;
    }

    /// <summary>The state for a number of sentences, [B, H].</summary>
    internal RecurrentState For(Step step, int sentences)
    {
        var rows = new int[sentences];
        return new RecurrentState(_hidden.Value.Gather(step, rows), _cell?.Value.Gather(step, rows) ?? default);
    }
}
