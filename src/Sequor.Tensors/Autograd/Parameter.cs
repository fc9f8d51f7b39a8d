using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>Weights that are trained: a named run of a <see cref="ParameterSet"/>'s flat buffers. It can be used wherever a tensor can.</summary>
public sealed class Parameter : TensorOwner
{
    private readonly ParameterSet _set;
    private readonly Lock _packing = new();
    private readonly List<PackedRows> _packed = [];

    internal Parameter(ParameterSet set, IReadOnlyList<string> names, Shape shape, long offset)
        : base(set.Device)
    {
        _set = set;
        Names = names;
        Shape = shape;
        Offset = offset;
    }

    /// <summary>The names under which the rows are stored, top to bottom; more than one where layers of one input are kept side by side
    /// so that one product serves them all (query, key and value).</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The sizes of all rows together.</summary>
    public Shape Shape { get; }

    /// <summary>Where the run begins in the set's flat buffers, in numbers.</summary>
    public long Offset { get; }

    /// <summary>Whether the weights stay as they are: no gradient is worked out for them.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The weights as a tensor.</summary>
    public Tensor Value => new(this, 0, ValueStorage, Shape);

    /// <summary>The gradient so far: added to by every <see cref="Step.Backward"/>, cleared by <see cref="ParameterSet.ClearGradients"/>.</summary>
    public Tensor Gradient => new(_set.Gradients.Owner, 0, GradientStorage, Shape);

    internal override Parameter? AsParameter => this;

    internal Storage<float> ValueStorage => _set.Values.Storage.Slice(Offset, Shape.Count);

    internal Storage<float> GradientStorage => _set.Gradients.Storage.Slice(Offset, Shape.Count);

    /// <summary>Where the gradient of these weights, or of a part of their rows, is added up.</summary>
    internal Storage<float> GradientOf(Tensor values)
    {
        Storage<float> part = values.Storage;
        long first = (part.Address - ValueStorage.Address) / sizeof(float);
        return GradientStorage.Slice(first, part.Length);
    }

    /// <summary>Uses the weights as a tensor.</summary>
    /// <param name="parameter">The weights.</param>
    public static implicit operator Tensor(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Value;
    }

    /// <summary>The rows of one of the names.</summary>
    /// <param name="index">0 to the number of names - 1.</param>
    public Tensor Part(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Names.Count, nameof(index));
        long length = Shape.Count / Names.Count;
        return new Tensor(this, 0, ValueStorage.Slice(index * length, length), PartShape);
    }

    /// <summary>The sizes of the rows of one name.</summary>
    public Shape PartShape => Names.Count == 1 ? Shape
        : Shape.Rank == 1 ? [Shape[0] / Names.Count] : [Shape[0] / Names.Count, Shape.Width];

    internal override void CheckAlive(int generation, int place = StepTensors.None) => _set.CheckAllocated(this);

    /// <summary>The weight [N, K] laid out as the right-hand side [K, N] of products; worked out again only after the weights have changed.</summary>
    internal Storage<float> PackedTransposed() => PackedTransposed(0, Shape.Rows);

    /// <summary>Some rows of the weight laid out as the right-hand side [K, rows] of products.</summary>
    internal Storage<float> PackedTransposed(int firstRow, int rows)
    {
        // Two sessions may decode with one model at the same time.
        lock (_packing)
        {
            PackedRows? packed = null;
            foreach (PackedRows one in _packed)
            {
                packed = one.FirstRow == firstRow && one.Rows == rows ? one : packed;
            }

            if (packed is null)
            {
                long length = Device.Kernels.PackedLength(Shape.Width, rows);
                packed = new PackedRows(firstRow, rows, length, new KeptBlock(Device, length * sizeof(float)));
                _packed.Add(packed);
            }

            Storage<float> storage = packed.Block.View<float>(packed.Length);
            if (packed.Version != _set.Version)
            {
                Device.Kernels.Pack(new Matrix(ValueStorage, Shape.Rows, Shape.Width).RowRange(firstRow, rows).Transposed, storage);
                packed.Version = _set.Version;
            }

            return storage;
        }
    }

    /// <summary>Bytes of the laid-out copies.</summary>
    internal long LaidOutBytes
    {
        get
        {
            lock (_packing)
            {
                return _packed.Sum(one => one.Block.Bytes);
            }
        }
    }

    /// <summary>Lets the laid-out copies go.</summary>
    internal void ReleasePacked()
    {
        lock (_packing)
        {
            _packed.Clear();
        }
    }

    private sealed class PackedRows(int firstRow, int rows, long length, KeptBlock block)
    {
        internal int FirstRow { get; } = firstRow;

        internal int Rows { get; } = rows;

        internal long Length { get; } = length;

        internal KeptBlock Block { get; } = block;

        internal long Version { get; set; } = -1;
    }
}
