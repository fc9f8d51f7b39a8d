using System.Buffers.Binary;
using System.Text;
using Sequor.Checkpoints;

namespace Sequor.Tests.Checkpoints;

public sealed class SafetensorsDamageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "tensor \"w\" ends at byte 70, and the file at 69: the file is cut short")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "tensor \"w\" ends at byte 70, and the file at 71: something was added")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "tensor \"w\" of shape [3] and type F32 needs 12 bytes, and its span has 8")]
    [InlineData("""{"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", 8, "tensor \"w\" has the type F64, and the known ones are F32, F16, BF16, I8, U8, I32, I64")]
    [InlineData("""{"w":{"dtype":5,"shape":[1],"data_offsets":[0,8]}}""", 8, "tensor \"w\" has the type 5")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "tensor \"w\" begins at byte 67, and the header ends at 63: there is a gap")]
    [InlineData("""{"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "tensor \"w\" begins at byte 117, and tensor \"v\" ends at 119: they overlap")]
    [InlineData("""{"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "they overlap")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "its header names \"w\" twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "its header names \"__metadata__\" twice")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ is not an object of texts")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__ entry \"a\" is not a text, or stands twice")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "__metadata__ entry \"a\" is not a text, or stands twice")]
    [InlineData("""{"w":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "tensor \"w\" lacks one of dtype, shape and data_offsets")]
    [InlineData("""{"w":5}""", 0, "tensor \"w\" lacks one of")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "the shape of tensor \"w\" holds -2")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", 8, "the shape of tensor \"w\" holds 1.5")]
    [InlineData("""{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "the shape of tensor \"w\" is not a list")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "the span of tensor \"w\" is [8,0]")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", 8, "the span of tensor \"w\" is [0,8,9]")]
    [InlineData("""{"w":{"dtype":"U8","shape":[2147483647,2147483647,2147483647,2147483647,2147483647],"data_offsets":[0,0]}}""", 0, "bytes, and its span has 0")]
    [InlineData("""{"w":{"dtype":"U8","shape":[65536,65536,65536,65536,65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0, "bytes, and its span has 0")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8, "its header is not JSON")]
    [InlineData("[1]", 0, "its header does not begin with an opening brace")]
    [InlineData("", 0, "its header does not begin with an opening brace")]
    public void A_header_that_does_not_add_up_is_refused_with_what_is_wrong(string header, int dataBytes, string sentence) =>
        Assert.Contains(sentence, Refusal(FileOf(header, dataBytes)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "it has 0 bytes")]
    [InlineData(7, "it has 7 bytes")]
    [InlineData(8, "its header should have 48 bytes, and the file ends after 0 of them")]
    public void A_file_that_ends_within_its_first_bytes_is_refused(int length, string sentence) =>
        Assert.Contains(sentence, Refusal(new byte[] { 48, 0, 0, 0, 0, 0, 0, 0 }[..length]), StringComparison.Ordinal);

    [Fact]
    public void A_header_that_claims_gigabytes_is_refused_before_they_are_allocated() =>
        Assert.Contains("its header claims 18446744073709551615 bytes", Refusal([255, 255, 255, 255, 255, 255, 255, 255, 1]), StringComparison.Ordinal);

    [Fact]
    public void Bytes_of_the_header_that_are_not_UTF_8_are_refused()
    {
        byte[] file = FileOf("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8);
        file[10] = 0xFF;

        Assert.Contains("its header is not JSON", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_at_any_place_is_refused_with_its_name()
    {
        byte[] whole = Sample();
        for (int length = 0; length < whole.Length; length += length < 600 ? 1 : 100)
        {
            Assert.Contains("damaged.safetensors is damaged: ", Refusal(whole[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused_on_opening_or_by_the_hash()
    {
        byte[] whole = Sample();
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        for (int place = 0; place < whole.Length; place += place < header ? 1 : 97)
        {
            byte[] flipped = [.. whole];
            flipped[place] ^= 0x04;
            Refusal(flipped);
        }
    }

    private static byte[] Sample()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream,
        [
            TensorSource.Floats("decoder.weight", [30, 40], (float[])[.. Enumerable.Range(0, 1200).Select(i => i / 7f)]),
            TensorSource.Floats("encoder.bias", [5], new float[] { 1, 2, 3, 4, 5 }, StoredType.F16),
        ]);
        return stream.ToArray();
    }

    private static byte[] FileOf(string header, int dataBytes)
    {
        byte[] size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, Encoding.UTF8.GetByteCount(header));
        return [.. size, .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];
    }

    private string Refusal(byte[] bytes)
    {
        string path = _folder["damaged.safetensors"];
        File.WriteAllBytes(path, bytes);
        return Assert.Throws<ModelFormatException>(() =>
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            file.VerifyHash(mustBeStated: true);
        }).Message;
    }
}
