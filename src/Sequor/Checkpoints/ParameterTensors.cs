using Sequor.Optimizers;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Checkpoints;

/// <summary>Between a model's weights in the engine's memory and the tensors of a file; piece by piece, so that nothing is held twice.</summary>
public static class ParameterTensors
{
    /// <summary>The weights of a model as tensors of a file, one for each stored name.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="storage">F32, F16 or BF16.</param>
    public static IReadOnlyList<TensorSource> Of(ParameterSet parameters, StoredType storage = StoredType.F32) =>
        Of(parameters, parameters.Values, "", storage);

    /// <summary>A buffer that is laid out as the weights (moments of an optimiser, a moving average) as tensors of a file.</summary>
    /// <param name="parameters">The weights.</param>
    /// <param name="buffer">The buffer, [length] as <see cref="ParameterSet.Values"/>.</param>
    /// <param name="prefix">What stands before each name: <c>mean.</c>.</param>
    /// <param name="storage">F32, F16 or BF16.</param>
    public static IReadOnlyList<TensorSource> Of(
        ParameterSet parameters, Tensor buffer, string prefix, StoredType storage = StoredType.F32) =>
        [.. Runs(parameters).Select(run => TensorSource.Floats(
            prefix + run.Name, [.. run.Shape], (first, destination) => buffer.CopyTo(run.Offset + first, destination), storage))];

    /// <summary>What an optimiser remembers as tensors of a file.</summary>
    /// <param name="state">The optimiser's <see cref="Optimizer.State"/>.</param>
    public static IReadOnlyList<TensorSource> Of(IReadOnlyList<OptimizerState> state) =>
        [.. state.Select(one => TensorSource.Floats(
            one.Name, [.. one.Shape], (first, destination) => one.Buffer.CopyTo(one.Offset + first, destination), StoredType.F32))];

    /// <summary>Fills what an optimiser remembers from a file that must hold exactly that.</summary>
    /// <param name="file">The file.</param>
    /// <param name="state">The optimiser's <see cref="Optimizer.State"/>.</param>
    /// <exception cref="ModelFormatException">The file holds other tensors, as those of another optimiser; every difference is named.</exception>
    public static void Load(SafetensorsFile file, IReadOnlyList<OptimizerState> state)
    {
        file.Require(state.Select(one => (one.Name, (IReadOnlyList<int>)[.. one.Shape])));
        float[] piece = new float[TensorSource.ChunkBytes / sizeof(float)];
        foreach (OptimizerState one in state)
        {
            Fill(file, one.Name, one.Shape.Count, one.Buffer, one.Offset, piece);
        }
    }

    /// <summary>Fills a model's weights from a file that must hold exactly them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parameters">The weights, with memory.</param>
    /// <exception cref="ModelFormatException">The file holds other tensors than the model has; every difference is named.</exception>
    public static void Load(SafetensorsFile file, ParameterSet parameters)
    {
        PackedTensors.RequireFloats(file, "be trained or changed");
        Load(file, parameters, [("", parameters.Values)]);
        parameters.MarkChanged();
    }

    /// <summary>Fills buffers that are laid out as the weights from a file that must hold exactly them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="buffers">The buffers, [length] as <see cref="ParameterSet.Values"/>, each with what stands before its names in the file.</param>
    /// <exception cref="ModelFormatException">The file holds other tensors; every difference is named.</exception>
    public static void Load(SafetensorsFile file, ParameterSet parameters, IReadOnlyList<(string Prefix, Tensor Values)> buffers)
    {
        file.Require(buffers.SelectMany(buffer => Runs(parameters).Select(
            run => (buffer.Prefix + run.Name, (IReadOnlyList<int>)[.. run.Shape]))));
        float[] piece = new float[TensorSource.ChunkBytes / sizeof(float)];
        foreach ((string prefix, Tensor values) in buffers)
        {
            foreach ((string name, Shape shape, long offset) in Runs(parameters))
            {
                Fill(file, prefix + name, shape.Count, values, offset, piece);
            }
        }
    }

    /// <summary>Fills a model's weights from tensors that lie in no single file, such as the mean of several.</summary>
    /// <param name="sources">A tensor for each stored name.</param>
    /// <param name="parameters">The weights, with memory.</param>
    /// <exception cref="ModelFormatException">A tensor is missing or has another number of elements.</exception>
    public static void Load(IReadOnlyList<TensorSource> sources, ParameterSet parameters)
    {
        Dictionary<string, TensorSource> byName = sources.ToDictionary(source => source.Name);
        float[] piece = new float[TensorSource.ChunkBytes / sizeof(float)];
        foreach ((string name, Shape shape, long offset) in Runs(parameters))
        {
            if (!byName.TryGetValue(name, out TensorSource? source) || source.ElementCount != shape.Count)
            {
                throw new ModelFormatException($"The weights do not fit this model: {name} with shape {shape} is missing or has another size.");
            }

            for (long first = 0; first < shape.Count; first += piece.Length)
            {
                Span<float> part = piece.AsSpan(0, (int)Math.Min(piece.Length, shape.Count - first));
                source.ReadFloats(first, part);
                parameters.Values.CopyFrom(offset + first, part);
            }
        }

        parameters.MarkChanged();
    }

    private static void Fill(SafetensorsFile file, string name, long count, Tensor values, long offset, float[] piece)
    {
        for (long first = 0; first < count; first += piece.Length)
        {
            Span<float> part = piece.AsSpan(0, (int)Math.Min(piece.Length, count - first));
            file.ReadFloats(name, first, part);
            values.CopyFrom(offset + first, part);
        }
    }

    private static IEnumerable<(string Name, Shape Shape, long Offset)> Runs(ParameterSet parameters) =>
        parameters.All.SelectMany(parameter => parameter.Names.Select(
            (name, index) => (name, parameter.PartShape, parameter.Offset + index * parameter.PartShape.Count)));
}
