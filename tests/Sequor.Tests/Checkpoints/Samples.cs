using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

/// <summary>Small checkpoints that differ in every value.</summary>
internal static class Samples
{
    public static TensorSource[] Weights(float first) =>
    [
        TensorSource.Floats("decoder.weight", [16, 20], (float[])[.. Enumerable.Range(0, 320).Select(i => first + i)]),
        TensorSource.Floats("encoder.bias", [2], new float[] { first, -first }),
    ];

    public static CheckpointContents Checkpoint(long update, bool average = false) => new()
    {
        State = new()
        {
            Update = update,
            Epoch = 3,
            Seed = 7,
            DataPosition = $"corpus 0, line {update}",
            Environment = new("0.1.0+abc", ".NET 10.0.1 X64", "avx512"),
            Values = new Dictionary<string, string> { ["schedule.kind"] = "noam", ["early_stopping.best"] = "1.25" },
        },
        Weights = Weights(update),
        Optimizer = [TensorSource.Floats("m", [3], new float[] { update, 2, 3 })],
        MovingAverage = average ? Weights(update + 0.5f) : null,
    };

    public static float FirstWeight(SafetensorsFile file)
    {
        float[] value = new float[1];
        file.ReadFloats("encoder.bias", 0, value);
        return value[0];
    }
}
