using Sequor.Configuration;
using Sequor.Tensors.Memory;

namespace Sequor.Checkpoints;

/// <summary>
/// A safetensors file, mapped into memory. Opening checks the header and that every byte is accounted for; reading is safe on
/// several threads. A damaged file is refused with the name of what is damaged.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    /// <summary>The metadata entry that holds the <see cref="WeightsHash"/> of the file's tensors.</summary>
    public const string HashKey = "weights_sha256";

    private readonly SafetensorsHeader _header;
    private bool _disposed;

    private SafetensorsFile(string path, FileStream stream)
    {
        Path = path;
        _header = SafetensorsHeader.Read(stream, path);
        Entries = [.. _header.Entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        Map = MappedFile.Of(stream);
    }

    /// <summary>The bytes of the file; whoever shares them keeps them when this object is disposed.</summary>
    internal MappedFile Map { get; }

    /// <summary>The file's path, as it was given.</summary>
    public string Path { get; }

    /// <summary>Its tensors, by name.</summary>
    public ValueList<SafetensorsEntry> Entries { get; }

    /// <summary>The texts of its <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>The file's tensors as sources for another file.</summary>
    public IReadOnlyList<TensorSource> Sources => [.. Entries.Select(entry =>
        TensorSource.Bytes(entry.Name, [.. entry.Shape], entry.Type, (first, destination) => ReadBytes(entry, first, destination)))];

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="ModelFormatException">The file is damaged or no safetensors file.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        // Delete sharing lets a newer file take this one's name while it is mapped.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return new SafetensorsFile(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of that name, or null.</summary>
    public SafetensorsEntry? Find(string name) => _header.Entries.GetValueOrDefault(name);

    /// <summary>Reads floats, widening 16-bit storage.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="first">The first element, counted from 0.</param>
    /// <param name="destination">Where the values go; its length says how many.</param>
    /// <exception cref="ModelFormatException">There is no such tensor, or it does not hold floats.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has fewer elements.</exception>
    public void ReadFloats(string name, long first, Span<float> destination)
    {
        SafetensorsEntry entry = Find(name) ?? throw new ModelFormatException($"{Path} holds no tensor \"{name}\".");
        if (!entry.Type.IsFloat)
        {
            throw new ModelFormatException($"{Path}: tensor \"{name}\" holds {entry.Type.Name}, and floating-point values were expected.");
        }
        Span<byte> buffer = stackalloc byte[4096];
        int size = entry.Type.ElementBytes;
        for (int done = 0; done < destination.Length;)
        {
            int count = Math.Min(buffer.Length / size, destination.Length - done);
            ReadBytes(entry, first + done, buffer[..(count * size)]);
            FloatStorage.Load(entry.Type, buffer, destination.Slice(done, count));
            done += count;
        }
    }

    /// <summary>Reads elements as they are stored, little-endian.</summary>
    /// <param name="entry">A tensor of this file.</param>
    /// <param name="first">The first element, counted from 0.</param>
    /// <param name="destination">Where the bytes go: a whole number of elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has fewer elements.</exception>
    public void ReadBytes(SafetensorsEntry entry, long first, Span<byte> destination)
    {
        long start = first * entry.Type.ElementBytes;
        if (first < 0 || first > entry.ElementCount || destination.Length > entry.ByteCount - start)
        {
            throw new ArgumentOutOfRangeException(nameof(first), first,
                $"Tensor \"{entry.Name}\" has {entry.ElementCount} elements; {destination.Length / entry.Type.ElementBytes} were asked for from here.");
        }
        Map.Read(entry.Offset + start, destination);
    }

    /// <summary>The <see cref="WeightsHash"/> of the tensors; when the file states one, they must agree.</summary>
    /// <param name="mustBeStated">Whether a file that states none is refused: every file written here states it.</param>
    /// <exception cref="ModelFormatException">The values are not those that were written.</exception>
    public string VerifyHash(bool mustBeStated = false)
    {
        string actual = WeightsHash.Compute(Sources);
        bool isStated = Metadata.TryGetValue(HashKey, out string? stated);
        if (isStated ? stated != actual : mustBeStated)
        {
            throw new ModelFormatException(
                $"{Path} is damaged: its tensors were altered after they were written (SHA-256 {actual}, and the file states {stated ?? "none"}).");
        }
        return actual;
    }

    /// <summary>Checks that the file holds exactly the tensors that a model has.</summary>
    /// <param name="expected">The model's tensors: name and shape.</param>
    /// <exception cref="ModelFormatException">Some are missing, of another shape, or unknown to the model; all are named.</exception>
    public void Require(IEnumerable<(string Name, IReadOnlyList<int> Shape)> expected)
    {
        List<string> faults = [];
        HashSet<string> known = [];
        foreach ((string name, IReadOnlyList<int> shape) in expected)
        {
            known.Add(name);
            if (Find(name) is not { } entry)
            {
                faults.Add($"\"{name}\" is missing");
            }
            else if (!entry.Shape.SequenceEqual(shape))
            {
                faults.Add($"\"{name}\" has shape [{string.Join(", ", entry.Shape)}] and should have [{string.Join(", ", shape)}]");
            }
        }
        faults.AddRange(Entries.Where(entry => !known.Contains(entry.Name)).Select(entry => $"\"{entry.Name}\" is unknown to the model"));
        if (faults.Count > 0)
        {
            throw new ModelFormatException($"{Path} does not fit the model that the configuration describes: {string.Join("; ", faults)}.");
        }
    }

    /// <summary>Closes the mapping, unless weights are read where it lies.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Map.Dispose();
        }
    }
}
