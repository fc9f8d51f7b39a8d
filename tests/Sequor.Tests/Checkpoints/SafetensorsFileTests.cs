using System.Buffers.Binary;
using System.Text;
using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_written_by_hand_after_the_specification_is_read()
    {
        string path = Write("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[],"data_offsets":[8,10]}}""",
            [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0x40, 0x40]);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[] a = new float[2], b = new float[1];
        file.ReadFloats("a", 0, a);
        file.ReadFloats("b", 0, b);

        Assert.Equal([1f, -2f], a);
        Assert.Equal([3f], b);
        Assert.Equal(["a", "b"], file.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void The_written_bytes_are_those_of_the_specification()
    {
        using var stream = new MemoryStream();
        string hash = SafetensorsWriter.Write(stream, [TensorSource.Floats("w", [1, 2], new float[] { 1, -2 })]);

        byte[] bytes = stream.ToArray();
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(
            "{\"__metadata__\":{\"weights_sha256\":\"" + hash + "\"},\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}",
            Encoding.UTF8.GetString(bytes, 8, header).TrimEnd(' '));
        Assert.Equal(0, (8 + header) % 64);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], bytes[(8 + header)..]);
    }

    [Fact]
    public void Tensors_of_every_type_and_shape_come_back_and_the_order_given_does_not_matter()
    {
        float[] large = [.. Enumerable.Range(0, 100_003).Select(i => MathF.Sin(i))];
        TensorSource[] tensors =
        [
            TensorSource.Floats("große.matrix", [100_003], large),
            TensorSource.Floats("half", [3], new float[] { 0.1f, -65504f, 1e-7f }, StoredType.F16),
            TensorSource.Floats("brain", [1, 3], new float[] { 0.1f, 1e38f, -3 }, StoredType.BF16),
            TensorSource.Floats("none", [0, 5], Array.Empty<float>()),
            TensorSource.Floats("scalar", [], new float[] { 42 }),
            Bytes("i8", [2], StoredType.I8, [0xFF, 1]), Bytes("u8", [3], StoredType.U8, [1, 2, 3]),
            Bytes("i32", [1], StoredType.I32, [1, 2, 3, 4]), Bytes("i64", [1], StoredType.I64, [1, 2, 3, 4, 5, 6, 7, 8]),
        ];
        string path = Write(tensors);

        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[] read = new float[large.Length];
        file.ReadFloats("große.matrix", 0, read);
        Assert.Equal(large, read);
        Assert.Equal([0.0999755859375f, -65504f, 1.1920929e-07f], Floats(file, "half"));
        Assert.Equal([0.10009765625f, 9.9692e37f, -3f], Floats(file, "brain"), (x, y) => MathF.Abs(x - y) <= 1e-4f * MathF.Abs(y));
        Assert.Equal([42f], Floats(file, "scalar"));
        Assert.Empty(Floats(file, "none"));
        byte[] bytes = new byte[2];
        file.ReadBytes(file.Find("u8")!, 1, bytes);
        Assert.Equal([2, 3], bytes);
        Assert.Equal(file.Metadata["weights_sha256"], file.VerifyHash());
        Assert.All(file.Entries, entry => Assert.Equal(0, entry.Offset % (entry.ByteCount / Math.Max(1, entry.ElementCount) is > 0 and var size ? size : 1)));
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Write([.. tensors.Reverse()])));
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Write([.. file.Sources])));
    }

    [Fact]
    public void A_part_of_a_tensor_can_be_read_and_no_more_than_there_is()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Write([TensorSource.Floats("w", [4], new float[] { 1, 2, 3, 4 })]));
        float[] two = new float[2];
        file.ReadFloats("w", 2, two);

        Assert.Equal([3f, 4f], two);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadFloats("w", 3, two));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadFloats("w", -1, two));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadFloats("w", long.MaxValue / 4, two));
    }

    [Fact]
    public void Offsets_beyond_four_gigabytes_are_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a file system on which five gigabytes of zeros take no room.");
        const int Count = 1_300_000_000;
        string path = Write($$$"""{"w":{"dtype":"F32","shape":[{{{Count}}}],"data_offsets":[0,{{{4L * Count}}}]}}""", []);
        using (FileStream stream = File.OpenWrite(path))
        {
            stream.SetLength(stream.Length + 4L * Count);
            stream.Seek(-4, SeekOrigin.End);
            stream.Write([0, 0, 0x80, 0x3F]);
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        float[] last = new float[2];
        file.ReadFloats("w", Count - 2, last);
        Assert.Equal([0f, 1f], last);
    }

    [Fact]
    public void The_fit_of_a_file_to_a_model_is_told_in_one_sentence_with_every_difference()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Write(
            [TensorSource.Floats("a", [2], new float[2]), TensorSource.Floats("c", [1], new float[1])]));

        ModelFormatException thrown = Assert.Throws<ModelFormatException>(() => file.Require([("a", [3]), ("b", [1])]));
        Assert.EndsWith("does not fit the model that the configuration describes: \"a\" has shape [2] and should have [3]; \"b\" is missing; \"c\" is unknown to the model.",
            thrown.Message, StringComparison.Ordinal);
        file.Require([("a", [2]), ("c", [1])]);
    }

    [Fact]
    public void Asking_for_what_is_not_there_names_it()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Write([Bytes("i8", [1], StoredType.I8, [1])]));

        Assert.Contains("holds no tensor \"w\"", Assert.Throws<ModelFormatException>(() => file.ReadFloats("w", 0, [])).Message, StringComparison.Ordinal);
        Assert.Contains("\"i8\" holds I8, and floating-point", Assert.Throws<ModelFormatException>(() => file.ReadFloats("i8", 0, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tensors_of_one_name_cannot_be_written()
    {
        TensorSource w = TensorSource.Floats("w", [1], new float[1]);
        TensorSource metadata = TensorSource.Floats("__metadata__", [1], new float[1]);

        Assert.Contains("\"w\" is taken", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Stream.Null, [w, w])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(Stream.Null, [metadata]));
        Assert.Throws<ArgumentException>(() => TensorSource.Floats("w", [2], new float[1]));
    }

    private static TensorSource Bytes(string name, int[] shape, StoredType type, byte[] bytes)
    {
        int size = bytes.Length / shape.Aggregate(1, (product, length) => product * length);
        return TensorSource.Bytes(name, shape, type, (first, destination) =>
            bytes.AsSpan((int)first * size, destination.Length).CopyTo(destination));
    }

    private static float[] Floats(SafetensorsFile file, string name)
    {
        float[] values = new float[file.Find(name)!.ElementCount];
        file.ReadFloats(name, 0, values);
        return values;
    }

    private string Write(TensorSource[] tensors)
    {
        string path = _folder[$"{Guid.NewGuid():N}.safetensors"];
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(stream, tensors);
        return path;
    }

    private string Write(string header, byte[] data)
    {
        string path = _folder[$"{Guid.NewGuid():N}.safetensors"];
        byte[] size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, Encoding.UTF8.GetByteCount(header));
        File.WriteAllBytes(path, [.. size, .. Encoding.UTF8.GetBytes(header), .. data]);
        return path;
    }
}
