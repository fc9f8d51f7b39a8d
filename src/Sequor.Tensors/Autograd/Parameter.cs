using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;
using Sequor.Tensors.Memory;

namespace Sequor.Tensors.Autograd;

/// <summary>Weights that are trained: a named run of a <see cref="ParameterSet"/>'s flat buffers. It can be used wherever a tensor can.</summary>
public sealed class Parameter : TensorOwner
{
    private readonly ParameterSet _set;
    private readonly Lock _packing = new();
    private readonly List<LaidOutRows> _laidOut = [];

    internal Parameter(ParameterSet set, IReadOnlyList<string> names, Shape shape, long offset, ParameterRole role)
        : base(set.Device)
    {
        Role = role;
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

    /// <summary>What the parameter is used for.</summary>
    public ParameterRole Role { get; }

    /// <summary>Where the run begins in the set's flat buffers, in numbers; -1 when it is held packed.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the numbers are held packed for decoding.</summary>
    public bool IsPacked => Role == ParameterRole.Matrix && _set.PackedAs is not null;

    /// <summary>The packed numbers; null when they are not packed, or not set yet.</summary>
    public PackedWeight? Packed { get; private set; }

    /// <summary>Whether the weights stay as they are: no gradient is worked out for them.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The weights as a tensor. Packed, it stands for them in products and look-ups (<see cref="Tensor.Linear"/>,
    /// <see cref="Tensor.Gather"/>, recurrent ops); reading its numbers throws a sentence.</summary>
    public Tensor Value => new(this, _set.Generation, IsPacked ? default : ValueStorage, Shape);

    /// <summary>The gradient so far: added to by every <see cref="Step.Backward"/>, cleared by <see cref="ParameterSet.ClearGradients"/>.</summary>
    public Tensor Gradient => new(_set.Gradients.Owner, 0, GradientStorage, Shape);

    internal override Parameter? AsParameter => this;

    /// <summary>Whether gradients are to be worked out.</summary>
    /// <exception cref="InvalidOperationException">The weights are held for decoding only.</exception>
    internal bool TakesGradients
    {
        get
        {
            if (!IsFrozen && _set.PackedAs is { } type)
            {
                LifetimeErrors.PackedDoesNotTrain(Names[0], type);
            }

            return !IsFrozen;
        }
    }

    internal Storage<float> ValueStorage => _set.Held.Storage.Slice(Offset, Shape.Count);

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
        return new Tensor(this, _set.Generation, IsPacked ? default : ValueStorage.Slice(index * length, length), PartShape);
    }

    /// <summary>The sizes of the rows of one name.</summary>
    public Shape PartShape => Names.Count == 1 ? Shape
        : Shape.Rank == 1 ? [Shape[0] / Names.Count] : [Shape[0] / Names.Count, Shape.Width];

    /// <summary>Sets the numbers of a parameter whose set was made by <see cref="ParameterSet.AllocatePacked"/>.</summary>
    /// <param name="weight">[N, K] as this parameter; this set disposes it.</param>
    /// <exception cref="ArgumentException">The weight has another shape, or the parameter is not to be packed.</exception>
    public void SetPacked(PackedWeight weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (!IsPacked || weight.Shape != Shape)
        {
            throw new ArgumentException(
                IsPacked ? $"The parameter {Names[0]} of shape {Shape} cannot take a packed weight of shape {weight.Shape}."
                    : $"The parameter {Names[0]} is not packed: call ParameterSet.AllocatePacked() before, and give packed weights to matrices only.",
                nameof(weight));
        }

        Packed?.Dispose();
        Packed = weight;
    }

    internal override void CheckAlive(int generation, int place = StepTensors.None) => _set.CheckAllocated(this, generation);

    /// <summary>Some rows of the weight [N, K] as products read them; worked out again only after trained weights have changed.</summary>
    internal PackedMatrix PackedRows(int firstRow, int rows)
    {
        if (IsPacked)
        {
            if (Packed is null)
            {
                LifetimeErrors.NotFilled(Names[0]);
            }

            return Packed.Rows(firstRow, rows);
        }

        // Rows that start a panel lie within the layout of the whole weight.
        int panel = Device.Kernels.PackedPanel(WeightType.Float32);
        return firstRow % panel == 0 ? LaidOut(0, Shape.Rows).RowRange(firstRow, rows, panel) : LaidOut(firstRow, rows);
    }

    /// <summary>Copies rows into a packed weight of their own.</summary>
    internal PackedWeight Select(ReadOnlySpan<int> rows)
    {
        if (Packed is { } packed)
        {
            return packed.Select(rows);
        }

        PackedRows(0, Shape.Rows);
        lock (_packing)
        {
            return _laidOut.First(one => one.FirstRow == 0 && one.Weight.Shape[0] == Shape.Rows).Weight.Select(rows);
        }
    }

    /// <summary>Bytes of the laid-out copies.</summary>
    internal long LaidOutBytes
    {
        get
        {
            lock (_packing)
            {
                return _laidOut.Sum(one => one.Weight.Bytes);
            }
        }
    }

    /// <summary>Packs the floats, which may go afterwards.</summary>
    internal PackedWeight PackedFloats(WeightType type)
    {
        PackedWeight weight = PackedWeight.Allocate(type, Shape.Rows, Shape.Width, Device);
        weight.PackRows(0, new Matrix(ValueStorage, Shape.Rows, Shape.Width));
        return weight;
    }

    /// <summary>Moves to another place in the set's flat buffer, or out of it.</summary>
    internal void Move(long offset, PackedWeight? packed)
    {
        ReleaseLaidOut();
        (Offset, Packed) = (offset, packed);
    }

    /// <summary>Lets the laid-out copies go.</summary>
    internal void ReleaseLaidOut()
    {
        lock (_packing)
        {
            _laidOut.Clear();
        }
    }

    private PackedMatrix LaidOut(int firstRow, int rows)
    {
        // Two sessions may decode with one model at the same time.
        lock (_packing)
        {
            LaidOutRows? found = null;
            foreach (LaidOutRows one in _laidOut)
            {
                found = one.FirstRow == firstRow && one.Weight.Matrix.Rows == rows ? one : found;
            }

            if (found is null)
            {
                found = new LaidOutRows(firstRow, PackedWeight.Allocate(WeightType.Float32, rows, Shape.Width, Device));
                _laidOut.Add(found);
            }

            if (found.Version != _set.Version)
            {
                found.Weight.PackRows(0, new Matrix(ValueStorage, Shape.Rows, Shape.Width).RowRange(firstRow, rows));
                found.Version = _set.Version;
            }

            return found.Weight.Matrix;
        }
    }

    private sealed class LaidOutRows(int firstRow, PackedWeight weight)
    {
        internal int FirstRow { get; } = firstRow;

        internal PackedWeight Weight { get; } = weight;

        internal long Version { get; set; } = -1;
    }
}
