using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Sequor.Checkpoints;

/// <summary>Reads the header of a safetensors file and refuses anything that does not add up.</summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The format's own limit on its header.</summary>
    private const long LongestHeader = 100_000_000;

    private readonly string _file;
    private readonly Dictionary<string, SafetensorsEntry> _entries = [];
    private readonly Dictionary<string, string> _metadata = [];

    private SafetensorsHeader(string file) => _file = file;

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <exception cref="ModelFormatException">The file is damaged or no safetensors file.</exception>
    public static SafetensorsHeader Read(Stream stream, string file)
    {
        var header = new SafetensorsHeader(file);
        byte[] json = header.Json(stream);
        try
        {
            // An invalid byte would otherwise pass as U+FFFD in a name.
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(json);
            using JsonDocument document = JsonDocument.Parse(json);
            header.ReadEntries(document.RootElement, 8 + json.Length);
        }
        catch (Exception fault) when (fault is JsonException or DecoderFallbackException)
        {
            throw header.Damage($"its header is not JSON: {fault.Message}", fault);
        }
        header.CheckSpans(8 + json.Length, stream.Length);
        return header;
    }

    private byte[] Json(Stream stream)
    {
        if (stream.Length < 8)
        {
            throw Damage($"it has {stream.Length} bytes, and a safetensors file begins with 8 that give the length of its header");
        }
        Span<byte> size = stackalloc byte[8];
        stream.ReadExactly(size);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(size);
        if (length > LongestHeader)
        {
            throw Damage($"its header claims {length} bytes, and no safetensors header has more than {LongestHeader}");
        }
        if (length > (ulong)(stream.Length - 8))
        {
            throw Damage($"its header should have {length} bytes, and the file ends after {stream.Length - 8} of them");
        }
        byte[] json = new byte[length];
        stream.ReadExactly(json);
        return length > 0 && json[0] == (byte)'{' ? json : throw Damage("its header does not begin with an opening brace");
    }

    private void ReadEntries(JsonElement root, long dataStart)
    {
        bool metadataSeen = false;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == "__metadata__" && !metadataSeen)
            {
                metadataSeen = true;
                ReadMetadata(property.Value);
            }
            else if (property.Name == "__metadata__" || !_entries.TryAdd(property.Name, Entry(property, dataStart)))
            {
                throw Damage($"its header names \"{property.Name}\" twice");
            }
        }
    }

    private void ReadMetadata(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            throw Damage("its __metadata__ is not an object of texts");
        }
        foreach (JsonProperty property in metadata.EnumerateObject())
        {
            bool sound = property.Value.ValueKind == JsonValueKind.String
                && _metadata.TryAdd(property.Name, property.Value.GetString()!);
            if (!sound)
            {
                throw Damage($"its __metadata__ entry \"{property.Name}\" is not a text, or stands twice");
            }
        }
    }

    private SafetensorsEntry Entry(JsonProperty property, long dataStart)
    {
        JsonElement value = property.Value;
        string tensor = $"tensor \"{property.Name}\"";
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("dtype", out JsonElement dtype)
            || !value.TryGetProperty("shape", out JsonElement shape) || !value.TryGetProperty("data_offsets", out JsonElement offsets))
        {
            throw Damage($"{tensor} lacks one of dtype, shape and data_offsets");
        }
        string? name = dtype.ValueKind == JsonValueKind.String ? dtype.GetString() : dtype.GetRawText();
        if (!StoredTypes.TryParse(name, out StoredType type))
        {
            throw Damage($"{tensor} has the type {name}, and the known ones are {StoredTypes.Names}");
        }
        long[] lengths = Numbers(shape, $"the shape of {tensor}", int.MaxValue);
        long[] span = Numbers(offsets, $"the span of {tensor}", long.MaxValue / 2);
        if (span.Length != 2 || span[1] < span[0])
        {
            throw Damage($"the span of {tensor} is {offsets.GetRawText()}, and a span is its begin and its end");
        }
        UInt128 needed = (uint)type.ElementBytes;
        foreach (long length in lengths)
        {
            // Saturates far above any file, so that a product of absurd lengths cannot wrap round to a plausible one.
            needed = needed > ulong.MaxValue && length > 0 ? needed : needed * (ulong)length;
        }
        if (needed != (ulong)(span[1] - span[0]))
        {
            throw Damage($"{tensor} of shape {shape.GetRawText()} and type {name} needs {needed} bytes, and its span has {span[1] - span[0]}");
        }
        return new(property.Name, type, [.. lengths.Select(length => (int)length)], dataStart + span[0], span[1] - span[0]);
    }

    private long[] Numbers(JsonElement list, string what, long largest)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Damage($"{what} is not a list");
        }
        return [.. list.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long number) && number >= 0 && number <= largest
                ? number
                : throw Damage($"{what} holds {item.GetRawText()}, and whole numbers from 0 to {largest} were expected"))];
    }

    private void CheckSpans(long dataStart, long fileLength)
    {
        long end = dataStart;
        string before = "the header";
        foreach (SafetensorsEntry entry in _entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.ByteCount))
        {
            if (entry.Offset != end)
            {
                throw Damage($"tensor \"{entry.Name}\" begins at byte {entry.Offset}, and {before} ends at {end}: "
                    + (entry.Offset < end ? "they overlap" : "there is a gap"));
            }
            end = entry.Offset + entry.ByteCount;
            before = $"tensor \"{entry.Name}\"";
            if (end > fileLength)
            {
                throw Damage($"{before} ends at byte {end}, and the file at {fileLength}: the file is cut short");
            }
        }
        if (end != fileLength)
        {
            throw Damage($"{before} ends at byte {end}, and the file at {fileLength}: something was added to it");
        }
    }

    private ModelFormatException Damage(string what, Exception? cause = null)
    {
        string sentence = $"{_file} is damaged: {what}.";
        return cause is null ? new ModelFormatException(sentence) : new ModelFormatException(sentence, cause);
    }
}
