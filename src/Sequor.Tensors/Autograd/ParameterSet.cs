using Sequor.Tensors.Errors;
using Sequor.Tensors.Kernels;

namespace Sequor.Tensors.Autograd;

/// <summary>All weights of a model in one flat buffer, and their gradients in another: optimisers, clipping and averaging are loops over one run of numbers.</summary>
public sealed class ParameterSet : IDisposable
{
    /// <summary>Runs start at multiples of this many numbers, a cache line.</summary>
    private const int Alignment = 16;

    private readonly List<Parameter> _parameters = [];
    private readonly Dictionary<string, (Parameter Parameter, int Part)> _byName = [];
    private Tensor _values;
    private Tensor _gradients;
    private long _length;
    private bool _disposed;

    /// <summary>Makes an empty set.</summary>
    /// <param name="device">Where the weights lie; the default device when left out.</param>
    public ParameterSet(Device? device = null) => Device = device ?? Device.Default;

    /// <summary>Where the weights lie.</summary>
    public Device Device { get; }

    /// <summary>The parameters in the order in which layers asked for them.</summary>
    public IReadOnlyList<Parameter> All => _parameters;

    /// <summary>The number of weights, alignment apart.</summary>
    public long Count => _parameters.Sum(parameter => parameter.Shape.Count);

    /// <summary>All weights, [length]; gaps between runs are zero.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Allocate"/> has not been called, or the weights are packed.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public Tensor Values
    {
        get
        {
            if (PackedAs is { } type)
            {
                LifetimeErrors.SetIsPacked(type);
            }

            return Held;
        }
    }

    /// <summary>All gradients, laid out as <see cref="Values"/>; memory is taken at first use, so that models that only decode need none.</summary>
    public Tensor Gradients
    {
        get
        {
            if (_gradients.IsNone)
            {
                _gradients = Tensor.Zeros(Values.Shape, Device);
            }

            return _gradients;
        }
    }

    /// <summary>How matrices are held for decoding; null when all weights are floats that can be trained.</summary>
    public WeightType? PackedAs { get; private set; }

    /// <summary>Bytes of memory, or of mapped files, for the weights and for copies that matrix products read.</summary>
    public long Bytes => (_values.IsNone ? 0 : _values.Shape.Count * sizeof(float)) + LaidOutBytes + _parameters.Sum(parameter => parameter.Packed?.Bytes ?? 0);

    /// <summary>The flat buffer: of all weights or, packed, of those that are no matrices.</summary>
    internal Tensor Held
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _values.IsNone ? throw new InvalidOperationException("The weights have no memory yet: call Allocate() first.") : _values;
        }
    }

    /// <summary>Changes when the weights move, so that tensors made before are known.</summary>
    internal int Generation { get; private set; }

    /// <summary>Bytes of copies that are laid out as matrix products read them.</summary>
    public long LaidOutBytes => _parameters.Sum(parameter => parameter.LaidOutBytes);

    /// <summary>Changes whenever the weights do; see <see cref="MarkChanged"/>.</summary>
    internal long Version { get; private set; }

    /// <summary>Reserves a run for a new parameter.</summary>
    /// <param name="names">One name, or several for rows kept side by side.</param>
    /// <param name="shape">The sizes of all rows together.</param>
    /// <param name="role">What it is used for.</param>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    /// <exception cref="InvalidOperationException">Memory has been allocated already.</exception>
    public Parameter Add(IReadOnlyList<string> names, Shape shape, ParameterRole role = ParameterRole.Plain)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (!_values.IsNone)
        {
            throw new InvalidOperationException($"The parameter {names[0]} comes too late: the set's memory has been allocated.");
        }

        var parameter = new Parameter(this, names, shape, _length, role);
        for (int i = 0; i < names.Count; i++)
        {
            if (!_byName.TryAdd(names[i], (parameter, i)))
            {
                throw new ArgumentException($"Two parameters are called {names[i]}.", nameof(names));
            }
        }

        _parameters.Add(parameter);
        _length += Aligned(shape.Count);
        return parameter;
    }

    /// <summary>Takes the memory for all weights, filled with zeros. Call once, after all layers are made.</summary>
    /// <exception cref="InvalidOperationException">The weights have their memory already.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void Allocate()
    {
        CheckNotAllocated();
        _values = Tensor.Zeros([checked((int)Math.Max(_length, 1))], Device);
    }

    /// <summary>Takes the memory of a model that only decodes: zeros for what is no matrix; matrices are set one by one with <see cref="Parameter.SetPacked"/>,
    /// so that their floats never lie in memory together.</summary>
    /// <param name="type">How matrices will be held.</param>
    /// <exception cref="InvalidOperationException">The weights have their memory already.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void AllocatePacked(WeightType type)
    {
        CheckNotAllocated();
        MovePlain(type, parameter => null);
    }

    /// <summary>
    /// Lays every matrix out for products in a type and gives its floats back: from then on the model decodes and cannot be trained or saved as floats. Nobody
    /// may use the model meanwhile, and tensors made from its parameters before cannot be used afterwards.
    /// </summary>
    /// <param name="type">How matrices are held; small weights stay float32.</param>
    /// <exception cref="InvalidOperationException">The weights have no memory, or are packed already.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void Pack(WeightType type)
    {
        Tensor before = Values;
        (Parameter Parameter, long Offset)[] plain = [.. _parameters.Where(IsPlain).Select(parameter => (parameter, parameter.Offset))];
        MovePlain(type, parameter => parameter.PackedFloats(type));
        foreach ((Parameter parameter, long offset) in plain)
        {
            Device.Kernels.Copy(before.Storage.Slice(offset, parameter.Shape.Count), parameter.ValueStorage);
        }

        GC.KeepAlive(before.Owner);
    }

    /// <summary>The stored weights of one name.</summary>
    /// <param name="name">Such as <c>encoder.layers.0.self_attention.query.weight</c>.</param>
    /// <param name="weights">The weights as a tensor of their own shape, such as [out, in]; writing into it needs <see cref="MarkChanged"/> afterwards.</param>
    public bool TryGet(string name, out Tensor weights)
    {
        bool found = _byName.TryGetValue(name, out (Parameter Parameter, int Part) place);
        weights = found ? place.Parameter.Part(place.Part) : default;
        return found;
    }

    /// <summary>Every stored name with its sizes, in the order of the flat buffer.</summary>
    public IEnumerable<(string Name, Shape Shape)> Names =>
        _parameters.SelectMany(parameter => parameter.Names.Select(name => (name, parameter.PartShape)));

    /// <summary>Says that the weights have been changed, so that layouts derived from them are worked out again.</summary>
    public void MarkChanged() => Version++;

    /// <summary>Sets all gradients to zero.</summary>
    public void ClearGradients() => Device.Kernels.Fill(Gradients.Storage, 0);

    /// <summary>Lets go of the memory. Tensors made from the parameters must not be used afterwards.</summary>
    public void Dispose()
    {
        _disposed = true;
        _values = default;
        _gradients = default;
        foreach (Parameter parameter in _parameters)
        {
            parameter.Packed?.Dispose();
            parameter.Move(-1, null);
        }
    }

    internal void CheckAllocated(Parameter parameter, int generation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_values.IsNone)
        {
            LifetimeErrors.NotAllocated(parameter.Names[0]);
        }

        if (generation != Generation)
        {
            LifetimeErrors.MadeBeforePacking(parameter.Names[0]);
        }
    }

    private static bool IsPlain(Parameter parameter) => parameter.Role == ParameterRole.Plain;

    private static long Aligned(long count) => (count + Alignment - 1) / Alignment * Alignment;

    /// <summary>Puts what is no matrix into a flat buffer of its own.</summary>
    private void MovePlain(WeightType type, Func<Parameter, PackedWeight?> pack)
    {
        PackedWeight?[] packed = [.. _parameters.Select(parameter => IsPlain(parameter) ? null : pack(parameter))];
        long length = 0;
        for (int i = 0; i < packed.Length; i++)
        {
            bool isPlain = IsPlain(_parameters[i]);
            _parameters[i].Move(isPlain ? length : -1, packed[i]);
            length += isPlain ? Aligned(_parameters[i].Shape.Count) : 0;
        }

        _values = Tensor.Zeros([checked((int)Math.Max(length, 1))], Device);
        _gradients = default;
        PackedAs = type;
        Generation++;
        Version++;
    }

    private void CheckNotAllocated()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_values.IsNone)
        {
            throw new InvalidOperationException("The weights have their memory already.");
        }
    }
}
