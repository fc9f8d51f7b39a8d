using System.Security.Cryptography;
using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class WeightsHashTests
{
    // The bytes of docs/formats.md, by hand: "a" F32 [1] = 1, then "b" I8 [2] = 1, 2.
    private static readonly byte[] _canonical =
    [
        1, 0, 0, 0, 0, 0, 0, 0, (byte)'a', 3, 0, 0, 0, 0, 0, 0, 0, (byte)'F', (byte)'3', (byte)'2',
        1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3F,
        1, 0, 0, 0, 0, 0, 0, 0, (byte)'b', 2, 0, 0, 0, 0, 0, 0, 0, (byte)'I', (byte)'8',
        1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 2,
    ];

    [Fact]
    public void The_hash_is_SHA_256_over_the_documented_bytes_in_the_order_of_names()
    {
        TensorSource a = TensorSource.Floats("a", [1], new float[] { 1 });
        TensorSource b = TensorSource.Bytes("b", [2], StoredType.I8, (first, destination) => new byte[] { 1, 2 }.AsSpan((int)first, destination.Length).CopyTo(destination));
        string expected = Convert.ToHexStringLower(SHA256.HashData(_canonical));

        Assert.Equal(expected, WeightsHash.Compute([a, b]));
        Assert.Equal(expected, WeightsHash.Compute([b, a]));
    }

    [Fact]
    public void Floats_hash_by_value_whatever_their_storage()
    {
        float[] values = [.. Enumerable.Range(-50_000, 100_001).Select(i => i / 64f)];
        float[] rounded = [.. values.Select(value => FloatStorage.FromBFloat16(FloatStorage.ToBFloat16(value)))];

        Assert.Equal(Hash(rounded, StoredType.F32), Hash(values, StoredType.BF16));
        Assert.NotEqual(Hash(values, StoredType.F32), Hash(values, StoredType.BF16));
    }

    [Fact]
    public void Names_shapes_and_values_all_count()
    {
        string original = WeightsHash.Compute([TensorSource.Floats("w", [2, 3], new float[6])]);

        Assert.NotEqual(original, WeightsHash.Compute([TensorSource.Floats("v", [2, 3], new float[6])]));
        Assert.NotEqual(original, WeightsHash.Compute([TensorSource.Floats("w", [3, 2], new float[6])]));
        Assert.NotEqual(original, WeightsHash.Compute([TensorSource.Floats("w", [2, 3], new float[] { 0, 0, 0, 0, 0, 1 })]));
    }

    private static string Hash(float[] values, StoredType storage) =>
        WeightsHash.Compute([TensorSource.Floats("w", [values.Length], values, storage)]);
}
