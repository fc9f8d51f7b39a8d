using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>The gradients of a step's tensors while the tape runs backwards. Memory is taken when the first contribution arrives and reused once read.</summary>
internal sealed class Gradients
{
    private readonly Arena _arena;
    private Storage<float>[] _slots = new Storage<float>[256];
    private Storage<float>[] _values = new Storage<float>[256];

    internal Gradients(Arena arena) => _arena = arena;

    /// <summary>How many tensors of this step can have a gradient.</summary>
    internal int Nodes { get; private set; }

    /// <summary>Makes room for the gradient of a tensor.</summary>
    /// <param name="values">The tensor's numbers: a view of some of its rows is known by where it lies in them.</param>
    internal int AddNode(Storage<float> values)
    {
        if (Nodes == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * Nodes);
            Array.Resize(ref _values, 2 * Nodes);
        }

        _slots[Nodes] = default;
        _values[Nodes] = values;
        return Nodes++;
    }

    /// <summary>Whether anything downstream of this tensor has reached it.</summary>
    internal bool HasArrived(Tensor tensor) => !_slots[tensor.Node].IsEmpty;

    /// <summary>The complete gradient of an op's output.</summary>
    internal Storage<float> Of(Tensor output) => _slots[output.Node];

    /// <summary>Whether a gradient of this tensor is wanted at all.</summary>
    internal static bool Wants(Tensor tensor) =>
        !tensor.IsNone && (tensor.Node != Tensor.NoNode || tensor.Owner.AsParameter is { TakesGradients: true });

    /// <summary>Where a contribution to a tensor's gradient goes.</summary>
    /// <param name="tensor">An input that <see cref="Wants"/> a gradient.</param>
    /// <param name="accumulate">Whether to add to what is there, or to write over undefined memory.</param>
    internal Storage<float> Slot(Tensor tensor, out bool accumulate)
    {
        if (tensor.Owner.AsParameter is { } parameter)
        {
            accumulate = true;
            return parameter.GradientOf(tensor);
        }

        ref Storage<float> slot = ref _slots[tensor.Node];
        if (tensor.Shape.Count != _values[tensor.Node].Length)
        {
            accumulate = true;
            return PartOf(ref slot, tensor);
        }

        accumulate = !slot.IsEmpty;
        if (slot.IsEmpty)
        {
            slot = Take(tensor.Shape.Count);
        }

        return slot;
    }

    /// <summary>The rows of a view in the gradient of the whole tensor, where rows that nobody looked at stay 0.</summary>
    private Storage<float> PartOf(ref Storage<float> slot, Tensor view)
    {
        Storage<float> whole = _values[view.Node];
        if (slot.IsEmpty)
        {
            slot = Take(whole.Length);
            view.Kernels.Fill(slot, 0);
        }

        return slot.Slice((view.Address - whole.Address) / sizeof(float), view.Shape.Count);
    }

    /// <summary>Memory for a gradient or for scratch; give it back with <see cref="Release(Storage{float})"/>.</summary>
    internal Storage<float> Take(long length) => _arena.Take<float>(length);

    /// <summary>Lets the output's gradient go, once its op has run backwards.</summary>
    internal void Release(Tensor output)
    {
        ref Storage<float> slot = ref _slots[output.Node];
        Release(slot);
        slot = default;
    }

    internal void Release(Storage<float> storage) => _arena.Release(storage);

    internal void Reset() => Nodes = 0;
}
