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
/// T + z S (source), z T + S (target), or (1 - z) T + z S (both).
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

    /// <summary>Mixes the two parts.</summary>
    /// <param name="inputs">[R, inputs]</param>
    /// <param name="target">T, [R, blocks · width].</param>
    /// <param name="source">S, [R, blocks · width].</param>
    /// <returns>[R, blocks · width]</returns>
    internal Tensor Mix(Tensor inputs, Tensor target, Tensor source)
    {
        Tensor one = _gate.Forward(inputs, Activation.Sigmoid);
        Tensor gate = one;
        for (int i = 1; i < blocks; i++)
        {
            gate = gate.Concatenate(one);
        }

        return side switch
        {
            GatedSide.Source => target.Add(gate.Multiply(source)),
            GatedSide.Target => gate.Multiply(target).Add(source),
            _ => target.Add(gate.Multiply(source.Add(target.Scale(-1)))),
        };
    }
}
