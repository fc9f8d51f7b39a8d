using Sequor.Tensors;

namespace Sequor.Layers;

/// <summary>What a context gate weighs.</summary>
internal enum GatedSide
{
    Source,
    Target,
    Both,
}

/// <summary>
/// Weighs what comes from the source against what comes from the target, element by element (Tu et al. 2017): z = σ(W [word; state; context] + b), and then
/// T + z S (source), z T + S (target), or (1 - z) T + z S (both). In front of a cell T is what word and last state give to its gates.
/// </summary>
/// <param name="side">What is weighed.</param>
/// <param name="inputWidth">Width of word, state and context together.</param>
/// <param name="width">Width of the gate.</param>
/// <param name="blocks">How many blocks of the gate's width are weighed alike: those of a cell's gates.</param>
/// <param name="weights">Where <c>weight</c> [width, inputs] and <c>bias</c> [width] come from.</param>
/// <param name="initializer">How a fresh weight is drawn.</param>
internal sealed class ContextGate(GatedSide side, int inputWidth, int width, int blocks, INamedWeights weights, Initializer initializer)
{
    private readonly Linear _gate = new(inputWidth, width, weights, initializer);

    /// <summary>Whether the target's part is weighed.</summary>
    internal bool WeighsTarget => side != GatedSide.Source;

    /// <summary>z of some rows, the same in every block.</summary>
    /// <param name="inputs">[R, inputs]</param>
    /// <returns>[R, blocks · width]</returns>
    internal Tensor Open(Tensor inputs)
    {
        Tensor one = _gate.Forward(inputs, Activation.Sigmoid);
        Tensor gate = one;
        for (int i = 1; i < blocks; i++)
        {
            gate = gate.Concatenate(one);
        }

        return gate;
    }

    /// <summary>What passes of the target's part.</summary>
    /// <param name="gate">z.</param>
    /// <param name="target">T, [R, blocks · width].</param>
    /// <returns>T, z T or (1 - z) T.</returns>
    internal Tensor OfTarget(Tensor gate, Tensor target) => side switch
    {
        GatedSide.Source => target,
        GatedSide.Target => gate.Multiply(target),
        _ => target.Add(gate.Multiply(target).Scale(-1)),
    };

    /// <summary>Both parts together.</summary>
    /// <param name="gate">z.</param>
    /// <param name="target">T, [R, blocks · width].</param>
    /// <param name="source">S, [R, blocks · width].</param>
    /// <returns>[R, blocks · width]</returns>
    internal Tensor Mix(Tensor gate, Tensor target, Tensor source) =>
        OfTarget(gate, target).Add(side == GatedSide.Target ? source : gate.Multiply(source));
}

/// <summary>What passes of a target's part, once the gate is open; or all of it.</summary>
/// <param name="Gate">The gate; null to let all pass.</param>
/// <param name="Open">z, [R, blocks · width].</param>
internal readonly record struct TargetWeight(ContextGate? Gate, Tensor Open)
{
    /// <summary>Whether all passes.</summary>
    internal bool IsNone => Gate is null;

    /// <summary>What passes.</summary>
    /// <param name="target">T, [R, blocks · width].</param>
    /// <returns>[R, blocks · width]</returns>
    internal Tensor Of(Tensor target) => Gate is null ? target : Gate.OfTarget(Open, target);
}
