using Sequor.Tensors.Autograd;

namespace Sequor.Tensors.Memory;

/// <summary>Whoever keeps a tensor's numbers alive: a step, a parameter, or a block of their own.</summary>
public abstract class TensorOwner
{
    private protected TensorOwner(Device device) => Device = device;

    /// <summary>Where the numbers lie.</summary>
    public Device Device { get; }

    internal virtual Step? AsStep => null;

    internal virtual Parameter? AsParameter => null;

    /// <summary>Throws when the numbers are gone.</summary>
    /// <param name="generation">What the owner's generation was when the tensor was made.</param>
    /// <param name="place">The tensor's place in its step.</param>
    internal abstract void CheckAlive(int generation, int place = StepTensors.None);
}
