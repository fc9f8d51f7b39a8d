using Sequor.Checkpoints;
using Sequor.Tensors;
using Sequor.Tensors.Autograd;

namespace Sequor.Tests.Checkpoints;

public sealed class ParameterTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_come_back_under_their_own_names_rows_kept_side_by_side_included()
    {
        using ParameterSet written = Model(1), read = Model(0);
        using SafetensorsFile file = Write(ParameterTensors.Of(written));
        ParameterTensors.Load(file, read);

        Assert.Equal(["bias", "key.weight", "large", "query.weight"], file.Entries.Select(entry => entry.Name));
        Assert.Equal([2, 3], file.Find("key.weight")!.Shape);
        Assert.Equal(written.Values.ToArray(), read.Values.ToArray());
        float[] key = new float[6];
        file.ReadFloats("key.weight", 0, key);
        Assert.Equal([7f, 8, 9, 10, 11, 12], key);
    }

    [Fact]
    public void Buffers_of_an_optimiser_come_back_under_prefixed_names()
    {
        using ParameterSet parameters = Model(1);
        Tensor mean = Tensor.Zeros(parameters.Values.Shape), square = Tensor.Zeros(parameters.Values.Shape);
        using SafetensorsFile file = Write(
            [.. ParameterTensors.Of(parameters, parameters.Values, "mean."), .. ParameterTensors.Of(parameters, mean, "square.")]);
        ParameterTensors.Load(file, parameters, [("mean.", mean), ("square.", square)]);

        Assert.Equal(parameters.Values.ToArray(), mean.ToArray());
        Assert.All(square.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Weights_stored_in_16_bits_are_the_nearest_ones()
    {
        using ParameterSet written = Model(0.1f), read = Model(0);
        using SafetensorsFile file = Write(ParameterTensors.Of(written, StoredType.F16));
        ParameterTensors.Load(file, read);

        Assert.Equal([.. written.Values.ToArray().Select(value => (float)(Half)value)], read.Values.ToArray());
    }

    [Fact]
    public void A_file_of_another_model_is_refused_with_every_difference()
    {
        using ParameterSet model = Model(0), other = new();
        other.Add(["bias"], [4]);
        other.Allocate();
        using SafetensorsFile file = Write(ParameterTensors.Of(other));

        string message = Assert.Throws<ModelFormatException>(() => ParameterTensors.Load(file, model)).Message;
        Assert.Contains("\"query.weight\" is missing; \"key.weight\" is missing; \"bias\" has shape [4] and should have [3]; \"large\" is missing",
            message, StringComparison.Ordinal);
    }

    private static ParameterSet Model(float step)
    {
        var set = new ParameterSet();
        Parameter stacked = set.Add(["query.weight", "key.weight"], [4, 3]);
        Parameter bias = set.Add(["bias"], [3]);
        Parameter large = set.Add(["large"], [33_333]);
        set.Allocate();
        float next = step;
        foreach (Parameter parameter in new[] { stacked, bias, large })
        {
            parameter.Value.CopyFrom((float[])[.. Enumerable.Range(0, (int)parameter.Shape.Count).Select(i => next + i * step)]);
            next += parameter.Shape.Count * step;
        }
        return set;
    }

    private SafetensorsFile Write(IReadOnlyList<TensorSource> tensors)
    {
        string path = _folder[$"{Guid.NewGuid():N}.safetensors"];
        using (FileStream stream = File.Create(path))
        {
            SafetensorsWriter.Write(stream, tensors);
        }
        return SafetensorsFile.Open(path);
    }
}
