using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Layers;

/// <summary>Reserves weights in a <see cref="ParameterSet"/> as layers ask for them, and draws them once all layers are made.</summary>
public sealed class FreshWeights : INamedWeights
{
    private readonly ParameterSet _set;
    private readonly Dictionary<string, Initializer> _initializers;
    private readonly string _prefix;

    /// <summary>Makes a source that fills a set.</summary>
    /// <param name="set">A set without memory yet.</param>
    public FreshWeights(ParameterSet set)
        : this(set, [], "")
    {
    }

    private FreshWeights(ParameterSet set, Dictionary<string, Initializer> initializers, string prefix) =>
        (_set, _initializers, _prefix) = (set, initializers, prefix);

    /// <inheritdoc/>
    public INamedWeights In(string part) => new FreshWeights(_set, _initializers, $"{_prefix}{part}.");

    /// <inheritdoc/>
    public Parameter Get(string name, Shape shape, Initializer initializer, ParameterRole role = ParameterRole.Plain) =>
        GetStacked([name], shape, initializer, role);

    /// <inheritdoc/>
    public Parameter GetStacked(IReadOnlyList<string> names, Shape shape, Initializer initializer, ParameterRole role = ParameterRole.Plain)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] fullNames = [.. names.Select(name => _prefix + name)];
        foreach (string name in fullNames)
        {
            _initializers[name] = initializer;
        }

        Shape together = shape.Rank == 1 ? [names.Count * shape[0]] : [names.Count * shape[0], shape[1]];
        return _set.Add(fullNames, together, role);
    }

    /// <summary>Takes the memory and draws every weight.</summary>
    /// <param name="seed">The run's seed; null leaves the weights without memory, for a model whose weights come from a file.</param>
    public void Draw(ulong? seed)
    {
        if (seed is not { } drawn)
        {
            return;
        }

        _set.Allocate();
        foreach (Parameter parameter in _set.All)
        {
            for (int i = 0; i < parameter.Names.Count; i++)
            {
                string name = parameter.Names[i];
                parameter.Part(i).CopyFrom(_initializers[name].Draw(name, parameter.PartShape, drawn));
            }
        }

        _set.MarkChanged();
    }
}
