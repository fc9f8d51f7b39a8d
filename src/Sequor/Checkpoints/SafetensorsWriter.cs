using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sequor.Checkpoints;

/// <summary>Writes safetensors files, always the same bytes for the same tensors.</summary>
public static class SafetensorsWriter
{
    /// <summary>The data begins at a multiple of this: a cache line, and the widest vector.</summary>
    private const int Alignment = 64;

    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes tensors piece by piece; their <see cref="WeightsHash"/> goes into the metadata.</summary>
    /// <param name="stream">Where the file goes.</param>
    /// <param name="tensors">The tensors, in any order: the file has those that are read where they lie first, then wider types, then names in order, so that every tensor is aligned.</param>
    /// <param name="metadata">Further texts for <c>__metadata__</c>.</param>
    /// <returns>The <see cref="WeightsHash"/>.</returns>
    /// <exception cref="ArgumentException">Two tensors have one name, or one is called <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The stream refused to be written.</exception>
    public static string Write(Stream stream, IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        TensorSource[] ordered = [.. tensors.OrderByDescending(tensor => tensor.IsAligned).ThenByDescending(tensor => tensor.Type.ElementBytes)
            .ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        CheckNames(ordered);
        string hash = WeightsHash.Compute(ordered);
        byte[] header = Header(ordered, hash, metadata ?? new Dictionary<string, string>());
        int padding = (Alignment - (8 + header.Length) % Alignment) % Alignment;
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, header.Length + padding);
        stream.Write(size);
        stream.Write(header);
        stream.Write("                                                                "u8[..padding]);
        byte[] buffer = new byte[TensorSource.ChunkBytes];
        foreach (TensorSource tensor in ordered)
        {
            tensor.ForEachChunk(buffer, stream.Write);
        }
        return hash;
    }

    private static void CheckNames(TensorSource[] tensors)
    {
        HashSet<string> names = ["__metadata__"];
        foreach (TensorSource tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"The name \"{tensor.Name}\" is taken: tensors of a file have different names, and none is __metadata__.", nameof(tensors));
            }
        }
    }

    private static byte[] Header(TensorSource[] tensors, string hash, IReadOnlyDictionary<string, string> metadata)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _json))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string text) in metadata.Where(pair => pair.Key != SafetensorsFile.HashKey)
                .Append(new(SafetensorsFile.HashKey, hash)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, text);
            }
            json.WriteEndObject();
            long offset = 0;
            foreach (TensorSource tensor in tensors)
            {
                WriteEntry(json, tensor, offset);
                offset += tensor.ByteCount;
            }
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, TensorSource tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.Name);
        json.WriteStartArray("shape");
        foreach (int length in tensor.Shape)
        {
            json.WriteNumberValue(length);
        }
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.ByteCount);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
