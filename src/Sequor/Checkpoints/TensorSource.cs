using Sequor.Configuration;

namespace Sequor.Checkpoints;

/// <summary>Copies a run of a tensor's values, in row-major order, so that no tensor need ever lie in a managed array as a whole.</summary>
/// <param name="first">The first element to copy, counted from 0.</param>
/// <param name="destination">Where the values go; its length says how many.</param>
public delegate void FloatCopy(long first, Span<float> destination);

/// <summary>Copies a run of a tensor's elements as they are stored, little-endian.</summary>
/// <param name="first">The first element to copy, counted from 0.</param>
/// <param name="destination">Where the bytes go: a whole number of elements.</param>
public delegate void ByteCopy(long first, Span<byte> destination);

/// <summary>A named tensor that can be written to a file piece by piece.</summary>
public sealed class TensorSource
{
    /// <summary>How many bytes are copied at a time: small enough for the cache and for the garbage collector's small heap.</summary>
    internal const int ChunkBytes = 1 << 16;

    private readonly ByteCopy _copy;

    private TensorSource(string name, ReadOnlySpan<int> shape, StoredType type, ByteCopy copy)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Shape = ValueList.Create(shape);
        Type = type;
        _copy = copy;
        ElementCount = 1;
        foreach (int length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            ElementCount = checked(ElementCount * length);
        }
    }

    /// <summary>The tensor's name, such as <c>encoder.layers.0.self_attention.query.weight</c>.</summary>
    public string Name { get; }

    /// <summary>Its lengths, outermost first.</summary>
    public ValueList<int> Shape { get; }

    /// <summary>How its elements are stored.</summary>
    public StoredType Type { get; }

    /// <summary>How many elements it has.</summary>
    public long ElementCount { get; }

    /// <summary>Whether its bytes must begin at a multiple of 64 in the file; their number is one too.</summary>
    internal bool IsAligned { get; private init; }

    internal long ByteCount => ElementCount * Type.ElementBytes;

    /// <summary>A tensor of floats that live elsewhere: in the engine's memory, in another file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its lengths, outermost first; empty for a scalar.</param>
    /// <param name="copy">Copies a run of its values; called for one run after another, and by a writer that also hashes twice for each.</param>
    /// <param name="storage">F32, or F16 or BF16 to round to the nearest value of 16 bits.</param>
    /// <exception cref="ArgumentException">The name is empty, or <paramref name="storage"/> is not a floating type.</exception>
    public static TensorSource Floats(string name, ReadOnlySpan<int> shape, FloatCopy copy, StoredType storage = StoredType.F32)
    {
        if (!storage.IsFloat)
        {
            throw new ArgumentException($"Tensor {name}: floats are stored as F32, F16 or BF16, not as {storage.Name}.", nameof(storage));
        }
        return new TensorSource(name, shape, storage, (first, destination) =>
        {
            Span<float> values = stackalloc float[2048];
            int size = storage.ElementBytes;
            for (int done = 0; done < destination.Length / size;)
            {
                int count = Math.Min(values.Length, destination.Length / size - done);
                copy(first + done, values[..count]);
                FloatStorage.Store(storage, values[..count], destination.Slice(done * size, count * size));
                done += count;
            }
        });
    }

    /// <summary>A tensor of floats held in an array.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its lengths, outermost first.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <param name="storage">F32, F16 or BF16.</param>
    /// <exception cref="ArgumentException">The shape does not hold as many values as there are.</exception>
    public static TensorSource Floats(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<float> values, StoredType storage = StoredType.F32)
    {
        var source = Floats(
            name, shape, (first, destination) => values.Span.Slice((int)first, destination.Length).CopyTo(destination), storage);
        return source.ElementCount == values.Length ? source : throw new ArgumentException(
            $"Tensor {name}: shape [{string.Join(", ", source.Shape)}] holds {source.ElementCount} values, and {values.Length} were given.", nameof(values));
    }

    /// <summary>A tensor whose elements are handed over as bytes, little-endian: quantised weights, counters.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="shape">Its lengths, outermost first.</param>
    /// <param name="type">What the bytes are.</param>
    /// <param name="copy">Copies a run of its elements.</param>
    public static TensorSource Bytes(string name, ReadOnlySpan<int> shape, StoredType type, ByteCopy copy) =>
        new(name, shape, type, copy);

    /// <summary>Reads floats, widening 16-bit storage.</summary>
    /// <param name="first">The first element, counted from 0.</param>
    /// <param name="destination">Where the values go; its length says how many.</param>
    /// <exception cref="InvalidOperationException">The tensor does not hold floats.</exception>
    public void ReadFloats(long first, Span<float> destination)
    {
        if (!Type.IsFloat)
        {
            throw new InvalidOperationException($"Tensor {Name} holds {Type.Name}, not floats.");
        }

        byte[] stored = new byte[destination.Length * Type.ElementBytes];
        _copy(first, stored);
        FloatStorage.Load(Type, stored, destination);
    }

    /// <summary>The same tensor, to be written where vectors can read it from a mapping.</summary>
    internal TensorSource Aligned() => new(Name, [.. Shape], Type, _copy) { IsAligned = true };

    /// <summary>Walks over the whole tensor in runs of at most <see cref="ChunkBytes"/>.</summary>
    internal void ForEachChunk(Span<byte> buffer, Action<ReadOnlySpan<byte>> use)
    {
        int size = Type.ElementBytes;
        int capacity = buffer.Length / size;
        for (long first = 0; first < ElementCount; first += capacity)
        {
            Span<byte> chunk = buffer[..((int)Math.Min(capacity, ElementCount - first) * size)];
            _copy(first, chunk);
            use(chunk);
        }
    }
}
