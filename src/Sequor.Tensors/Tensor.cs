using Sequor.Tensors.Autograd;
using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors;

/// <summary>
/// Numbers in a shape, on a device. A tensor is a small value that names memory owned by someone else: by a <see cref="Step"/> (gone when the step
/// ends; <see cref="Keep"/> or <see cref="ToArray"/> carry the numbers out), by a <see cref="Parameter"/>, or by a block of its own.
/// The ops are its methods, one file each under <c>Ops/</c>.
/// </summary>
public readonly partial struct Tensor
{
    /// <summary>The sign for "takes no part in gradients".</summary>
    internal const int NoNode = -1;

    private readonly TensorOwner? _owner;
    private readonly Storage<float> _storage;
    private readonly int _generation;
    private readonly int _node;
    private readonly int _place;

    internal Tensor(
        TensorOwner owner, int generation, Storage<float> storage, Shape shape, int node = NoNode, int place = StepTensors.None)
    {
        _owner = owner;
        _generation = generation;
        _storage = storage;
        _node = node + 1;
        _place = place;
        Shape = shape;
    }

    /// <summary>The sizes, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>Whether this is the absent tensor, <c>default</c>: the way to leave an optional argument out.</summary>
    public bool IsNone => _owner is null;

    /// <summary>The device that holds the numbers.</summary>
    public Device Device => Owner.Device;

    /// <summary>The place in the tape's table of gradients, or <see cref="NoNode"/>.</summary>
    internal int Node => _node - 1;

    internal TensorOwner Owner => _owner ?? throw new InvalidOperationException("A tensor is missing here: default(Tensor) was used as if it had numbers.");

    internal IKernels Kernels => Owner.Device.Kernels;

    internal int Generation => _generation;

    /// <summary>The place among the tensors of a step that own memory, or <see cref="StepTensors.None"/>.</summary>
    internal int Place => _place;

    /// <summary>The numbers; checked to be still there.</summary>
    internal Storage<float> Storage
    {
        get
        {
            Owner.CheckAlive(_generation, _place);
            if (_storage.IsEmpty && Owner.AsParameter is { IsPacked: true } packed)
            {
                LifetimeErrors.IsPacked(packed.Names[0], packed.Packed?.Type);
            }

            return _storage;
        }
    }

    /// <summary>A tensor of its own with the given numbers, row after row.</summary>
    /// <param name="values">As many as the shape has elements.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="device">Where to put them; the default device when left out.</param>
    /// <exception cref="ShapeException">The number of values is not that of the shape.</exception>
    public static Tensor From(ReadOnlySpan<float> values, Shape shape, Device? device = null)
    {
        if (values.Length != shape.Count)
        {
            ShapeErrors.CannotReshape([values.Length], shape);
        }

        Tensor result = Kept(shape, device ?? Device.Default);
        result.Device.Upload(values, result.Storage);
        return result;
    }

    /// <summary>A tensor of its own filled with zeros.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="device">Where to put them; the default device when left out.</param>
    public static Tensor Zeros(Shape shape, Device? device = null)
    {
        Tensor result = Kept(shape, device ?? Device.Default);
        result.Kernels.Fill(result.Storage, 0);
        return result;
    }

    /// <summary>The numbers copied to a managed array, row after row.</summary>
    public float[] ToArray()
    {
        var values = new float[Shape.Count];
        CopyTo(values);
        return values;
    }

    /// <summary>Copies the numbers out, row after row.</summary>
    /// <param name="destination">At least as many places as the shape has elements.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<float> destination)
    {
        if (destination.Length < Shape.Count)
        {
            throw new ArgumentException($"CopyTo of a tensor of shape {Shape}: the destination has {destination.Length} places, but {Shape.Count} are needed.", nameof(destination));
        }

        Device.Download(Storage, destination[..checked((int)Shape.Count)]);
        GC.KeepAlive(_owner);
    }

    /// <summary>Replaces the numbers of this tensor.</summary>
    /// <param name="values">As many as the shape has elements.</param>
    /// <exception cref="ShapeException">The number of values is not that of the shape.</exception>
    public void CopyFrom(ReadOnlySpan<float> values)
    {
        if (values.Length != Shape.Count)
        {
            ShapeErrors.CannotReshape([values.Length], Shape);
        }

        Device.Upload(values, Storage);
        GC.KeepAlive(_owner);
    }

    /// <summary>Replaces the numbers of this tensor by those of another.</summary>
    /// <param name="source">[...], the same sizes as this.</param>
    /// <exception cref="ShapeException">The sizes differ.</exception>
    public void CopyFrom(Tensor source)
    {
        ShapeErrors.CheckSame("CopyFrom", Shape, source.Shape);
        Kernels.Copy(source.Storage, Storage);
        GC.KeepAlive(source._owner);
        GC.KeepAlive(_owner);
    }

    /// <summary>Copies a run of the numbers out, so that a large tensor never need lie in one managed array.</summary>
    /// <param name="first">The first number to copy, counted row after row from 0.</param>
    /// <param name="destination">Where they go; its length says how many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the tensor.</exception>
    public void CopyTo(long first, Span<float> destination)
    {
        Device.Download(Storage.Slice(first, destination.Length), destination);
        GC.KeepAlive(_owner);
    }

    /// <summary>Replaces a run of the numbers.</summary>
    /// <param name="first">The first number to replace, counted row after row from 0.</param>
    /// <param name="values">The new numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run does not lie within the tensor.</exception>
    public void CopyFrom(long first, ReadOnlySpan<float> values)
    {
        Device.Upload(values, Storage.Slice(first, values.Length));
        GC.KeepAlive(_owner);
    }

    /// <summary>The only number of a tensor with one element.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public float Item()
    {
        if (Shape.Count != 1)
        {
            ShapeErrors.CannotReshape(Shape, []);
        }

        Span<float> value = stackalloc float[1];
        CopyTo(value);
        return value[0];
    }

    /// <summary>A copy that outlives the step.</summary>
    public Tensor Keep()
    {
        Tensor copy = Kept(Shape, Device);
        Kernels.Copy(Storage, copy.Storage);
        GC.KeepAlive(_owner);
        return copy;
    }

    /// <summary>The same numbers in other sizes; nothing is copied and gradients flow through.</summary>
    /// <param name="shape">As many elements as before.</param>
    /// <exception cref="ShapeException">The number of elements differs.</exception>
    public Tensor Reshape(Shape shape)
    {
        if (shape.Count != Shape.Count)
        {
            ShapeErrors.CannotReshape(Shape, shape);
        }

        return new Tensor(Owner, _generation, _storage, shape, Node, _place);
    }

    /// <summary>
    /// Says that nobody will read these numbers again: the step uses their memory for other tensors, in a step that records gradients as soon as the way
    /// back has passed. Only whoever made a tensor may know this; without it the memory is kept until the step ends. A kept tensor stays as it is.
    /// </summary>
    /// <param name="unless">[...]; a tensor that goes on, or none: when it is the same numbers, nothing is discarded.</param>
    /// <exception cref="ObjectDisposedException">The step that made this tensor has ended.</exception>
    public void Discard(Tensor unless = default)
    {
        if (Owner.AsStep is { } step && (unless.IsNone || unless._place != _place || !ReferenceEquals(unless._owner, _owner)))
        {
            step.CheckAlive(_generation, StepTensors.None);
            step.Discard(_place, _storage);
        }
    }

    /// <summary>Shape and device, not the numbers.</summary>
    public override string ToString() => IsNone ? "no tensor" : $"tensor {Shape} on {Device.Description}";

    /// <summary>Where the numbers lie or, when they were discarded, lay.</summary>
    internal nint Address => _storage.Address;

    /// <summary>The numbers as a matrix of rows of the last size.</summary>
    internal Matrix AsMatrix() => new(Storage, Shape.Rows, Shape.Width);

    internal static Tensor Kept(Shape shape, Device device)
    {
        var block = new KeptBlock(device, shape.Count * sizeof(float));
        return new Tensor(block, 0, block.View<float>(shape.Count), shape);
    }
}
