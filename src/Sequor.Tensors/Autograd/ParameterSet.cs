using Sequor.Tensors.Errors;

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
    /// <exception cref="InvalidOperationException"><see cref="Allocate"/> has not been called.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public Tensor Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _values.IsNone ? throw new InvalidOperationException("The weights have no memory yet: call Allocate() first.") : _values;
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

    /// <summary>Bytes of copies that are laid out as matrix products read them.</summary>
    public long LaidOutBytes => _parameters.Sum(parameter => parameter.LaidOutBytes);

    /// <summary>Changes whenever the weights do; see <see cref="MarkChanged"/>.</summary>
    internal long Version { get; private set; }

    /// <summary>Reserves a run for a new parameter.</summary>
    /// <param name="names">One name, or several for rows kept side by side.</param>
    /// <param name="shape">The sizes of all rows together.</param>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    /// <exception cref="InvalidOperationException">Memory has been allocated already.</exception>
    public Parameter Add(IReadOnlyList<string> names, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (!_values.IsNone)
        {
            throw new InvalidOperationException($"The parameter {names[0]} comes too late: the set's memory has been allocated.");
        }

        var parameter = new Parameter(this, names, shape, _length);
        for (int i = 0; i < names.Count; i++)
        {
            if (!_byName.TryAdd(names[i], (parameter, i)))
            {
                throw new ArgumentException($"Two parameters are called {names[i]}.", nameof(names));
            }
        }

        _parameters.Add(parameter);
        _length += (shape.Count + Alignment - 1) / Alignment * Alignment;
        return parameter;
    }

    /// <summary>Takes the memory for all weights, filled with zeros. Call once, after all layers are made.</summary>
    /// <exception cref="InvalidOperationException">The weights have their memory already.</exception>
    /// <exception cref="ObjectDisposedException">The set was disposed.</exception>
    public void Allocate()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_values.IsNone)
        {
            throw new InvalidOperationException("The weights have their memory already.");
        }

        _values = Tensor.Zeros([checked((int)Math.Max(_length, 1))], Device);
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
            parameter.ReleasePacked();
        }
    }

    internal void CheckAllocated(Parameter parameter)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_values.IsNone)
        {
            LifetimeErrors.NotAllocated(parameter.Names[0]);
        }
    }
}
