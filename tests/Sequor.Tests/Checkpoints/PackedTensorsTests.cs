using System.Text;
using Sequor.Checkpoints;
using Sequor.Tensors.Autograd;
using Sequor.Tensors.Kernels;

namespace Sequor.Tests.Checkpoints;

/// <summary>Packed weights in files: they come back in bits, lie where they are mapped, and damage has a name.</summary>
public sealed class PackedTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<WeightType> Integers => [WeightType.Int8, WeightType.Int7];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Integers))]
    public void Quantised_weights_come_back_in_bits_and_are_used_where_the_file_is_mapped(WeightType type)
    {
        using ParameterSet written = Model();
        written.Pack(type);
        string path = Write(PackedTensors.Of(written), PackedTensors.MetadataOf(written));
        using ParameterSet read = Reserved();
        using (SafetensorsFile file = SafetensorsFile.Open(path))
        {
            Assert.Equal((type, type, written.Count), (PackedTensors.QuantizedType(file), PackedTensors.TypeOf(file), PackedTensors.CountOf(file)));
            Assert.Equal(
                ["bias", "query.weight+key.weight.packed", "query.weight+key.weight.scales", "query.weight+key.weight.sums"],
                file.Entries.Select(entry => entry.Name));
            Assert.Equal([2, 2, 16, 4], file.Find("query.weight+key.weight.packed")!.Shape);
            Assert.All(file.Entries.Where(entry => entry.Name != "bias"), entry => Assert.Equal(0, entry.Offset % 64));
            file.VerifyHash(mustBeStated: true);
            PackedTensors.Load(file, read, type);
        }

        Parameter weight = read.All[1];
        Assert.True(weight.Packed!.IsMapped);
        int[] rows = [.. Enumerable.Range(0, 22)];
        Assert.Equal(written.All[1].Packed!.Unpack(rows).ToArray(), weight.Packed.Unpack(rows).ToArray());
        Assert.Equal(written.All[0].Value.ToArray(), read.All[0].Value.ToArray());
    }

    [Theory]
    [InlineData(WeightType.Float32, StoredType.F32)]
    [InlineData(WeightType.Float16, StoredType.F16)]
    [InlineData(WeightType.BFloat16, StoredType.BF16)]
    [InlineData(WeightType.Int8, StoredType.F32)]
    [InlineData(WeightType.Int7, StoredType.BF16)]
    public void Weights_stored_as_floats_are_packed_as_they_are_read(WeightType type, StoredType storage)
    {
        using ParameterSet written = Model();
        string path = Write(ParameterTensors.Of(written, storage));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using ParameterSet whole = Model();
        ParameterTensors.Load(file, whole);
        whole.Pack(type);
        using ParameterSet read = Reserved();
        PackedTensors.Load(file, read, type);
        int[] rows = [.. Enumerable.Range(0, 22)];
        Assert.Equal(whole.All[1].Packed!.Unpack(rows).ToArray(), read.All[1].Packed!.Unpack(rows).ToArray());
        Assert.False(read.All[1].Packed!.IsMapped);
        Assert.Equal(storage switch { StoredType.F16 => WeightType.Float16, StoredType.BF16 => WeightType.BFloat16, _ => WeightType.Float32 }, PackedTensors.TypeOf(file));
    }

    [Fact]
    public void A_matrix_of_many_rows_is_packed_piece_by_piece_with_the_bits_of_the_whole()
    {
        using var written = new ParameterSet();
        Parameter weight = written.Add(["a", "b", "c"], [3 * 211, 1500], ParameterRole.Matrix);
        written.Allocate();
        weight.Value.CopyFrom(Numbers(3 * 211 * 1500));
        using SafetensorsFile file = SafetensorsFile.Open(Write(ParameterTensors.Of(written)));
        written.Pack(WeightType.Int8);
        using var read = new ParameterSet();
        Parameter again = read.Add(["a", "b", "c"], [3 * 211, 1500], ParameterRole.Matrix);
        PackedTensors.Load(file, read, WeightType.Int8);
        byte[] expected = new byte[weight.Packed!.Matrix.Values.Length];
        byte[] actual = new byte[expected.Length];
        weight.Packed.CopyValues(0, expected);
        again.Packed!.CopyValues(0, actual);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Quantised_weights_are_refused_where_floats_are_needed_and_as_another_type()
    {
        using ParameterSet written = Model();
        written.Pack(WeightType.Int8);
        string path = Write(PackedTensors.Of(written), PackedTensors.MetadataOf(written));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using ParameterSet trained = Model();
        using ParameterSet read = Reserved();
        Assert.Contains("quantised to int8: they can be decoded with, and cannot be trained", Refusal(() => ParameterTensors.Load(file, trained)), StringComparison.Ordinal);
        Assert.Contains("cannot be averaged", Refusal(() => AveragedWeights.Open([path])), StringComparison.Ordinal);
        Assert.Contains("cannot be used as float32", Refusal(() => PackedTensors.Load(file, read, WeightType.Float32)), StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_has_a_name()
    {
        using ParameterSet written = Model();
        written.Pack(WeightType.Int8);
        string path = Write(PackedTensors.Of(written), PackedTensors.MetadataOf(written));
        byte[] whole = File.ReadAllBytes(path);
        using ParameterSet read = Reserved();

        Assert.Contains("the file is cut short", Refusal(() => Open(whole[..^1])), StringComparison.Ordinal);
        byte[] altered = [.. whole];
        altered[^300] ^= 1;
        Assert.Contains("its tensors were altered", Refusal(() => Open(altered).VerifyHash(mustBeStated: true)), StringComparison.Ordinal);
        Assert.Contains("the type \"int4\"", Refusal(() => PackedTensors.TypeOf(Open(Replaced(whole, "\"int8\"", "\"int4\"")))), StringComparison.Ordinal);
        Assert.Contains("the layout \"panels16x8\"", Refusal(() => PackedTensors.TypeOf(Open(Replaced(whole, "panels16x4", "panels16x8")))), StringComparison.Ordinal);
        Assert.Contains(
            "\"query.weight+key.weight.packed\" is missing", Refusal(() => PackedTensors.Load(Open(Replaced(whole, "weight.packed", "weight.pakked")), read, WeightType.Int8)),
            StringComparison.Ordinal);
        Assert.Contains(
            "must be I8, F32 and I32", Refusal(() => PackedTensors.Load(Open(Replaced(whole, "\"I8\"", "\"U8\"")), read, WeightType.Int8)), StringComparison.Ordinal);
    }

    private SafetensorsFile Open(byte[] bytes)
    {
        string path = _folder[$"{Guid.NewGuid():N}.safetensors"];
        File.WriteAllBytes(path, bytes);
        return SafetensorsFile.Open(path);
    }

    private static byte[] Replaced(byte[] file, string from, string to) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace(from, to, StringComparison.Ordinal));

    private static string Refusal(Action action) => Assert.Throws<ModelFormatException>(action).Message;

    private string Write(IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        string path = _folder[$"{Guid.NewGuid():N}.safetensors"];
        using FileStream stream = File.Create(path);
        SafetensorsWriter.Write(stream, tensors, metadata);
        return path;
    }

    private static ParameterSet Reserved()
    {
        var set = new ParameterSet();
        set.Add(["bias"], [3]);
        set.Add(["query.weight", "key.weight"], [22, 7], ParameterRole.Matrix);
        return set;
    }

    private static ParameterSet Model()
    {
        ParameterSet set = Reserved();
        set.Allocate();
        set.All[0].Value.CopyFrom([1, 2, 3]);
        set.All[1].Value.CopyFrom(Numbers(22 * 7));
        set.MarkChanged();
        return set;
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i))];
}
