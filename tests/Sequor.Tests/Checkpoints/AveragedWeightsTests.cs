using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class AveragedWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_mean_is_summed_in_double_precision()
    {
        // In float32 1e8 + 1 is 1e8, and the sum would be 0.
        string[] paths = [Write(1e8f), Write(1), Write(-1e8f)];

        using AveragedWeights mean = AveragedWeights.Open(paths);
        Assert.Equal([0.33333334f], Read(Assert.Single(mean.Tensors)));
    }

    [Fact]
    public void Directories_stand_for_the_weights_they_hold_and_large_tensors_are_read_in_pieces()
    {
        var store = new CheckpointStore(_folder["checkpoints"], keep: 2);
        float[] large = [.. Enumerable.Range(0, 50_001).Select(i => (float)i)];
        store.Save(Samples.Checkpoint(1) with { Weights = [TensorSource.Floats("w", [50_001], large)] });
        store.Save(Samples.Checkpoint(2) with { Weights = [TensorSource.Floats("w", [50_001], (float[])[.. large.Select(x => x + 1)])] });

        using AveragedWeights mean = AveragedWeights.Open(store.Paths);
        Assert.Equal([.. large.Select(x => x + 0.5f)], Read(Assert.Single(mean.Tensors)));
    }

    [Fact]
    public void A_mean_can_be_stored_in_16_bits()
    {
        using AveragedWeights mean = AveragedWeights.Open([Write(0.1f)], StoredType.F16);
        Assert.Equal([0.0999755859375f], Read(Assert.Single(mean.Tensors)));
    }

    [Fact]
    public void Different_tensors_cannot_be_averaged()
    {
        string other = Write(TensorSource.Floats("v", [1], new float[1]));

        Assert.Contains("\"w\" is missing; \"v\" is unknown", Assert.Throws<ModelFormatException>(() => AveragedWeights.Open([Write(1), other])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => AveragedWeights.Open([]));
    }

    [Fact]
    public void Tensors_of_integers_must_be_equal()
    {
        string one = Write(Integer(1)), same = Write(Integer(1)), two = Write(Integer(2));

        using (AveragedWeights mean = AveragedWeights.Open([one, same]))
        {
            Assert.Equal(StoredType.I8, Assert.Single(mean.Tensors).Type);
        }
        Assert.Contains("\"i\" holds no floats and differs", Assert.Throws<ModelFormatException>(() => AveragedWeights.Open([one, two])).Message, StringComparison.Ordinal);
    }

    private static TensorSource Integer(byte value) =>
        TensorSource.Bytes("i", [1], StoredType.I8, (_, destination) => destination.Fill(value));

    private string Write(float value) => Write(TensorSource.Floats("w", [1], new[] { value }));

    private string Write(TensorSource tensor)
    {
        string path = _folder[$"{Guid.NewGuid():N}.safetensors"];
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(stream, [tensor]);
        return path;
    }

    private float[] Read(TensorSource tensor)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Write(tensor));
        float[] values = new float[tensor.ElementCount];
        file.ReadFloats(tensor.Name, 0, values);
        return values;
    }
}
