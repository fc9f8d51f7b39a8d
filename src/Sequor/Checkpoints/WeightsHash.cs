using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sequor.Checkpoints;

/// <summary>
/// One SHA-256 over a set of named tensors. It depends on names, shapes and values only, not on the order of the file or on the
/// width in which floats are stored; <c>docs/formats.md</c> states its bytes.
/// </summary>
public static class WeightsHash
{
    /// <summary>The hash of <paramref name="tensors"/> as 64 lower-case hexadecimal digits.</summary>
    public static string Compute(IEnumerable<TensorSource> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[TensorSource.ChunkBytes];
        float[] values = new float[TensorSource.ChunkBytes / sizeof(ushort)];
        byte[] widened = new byte[values.Length * sizeof(float)];
        IEnumerable<(byte[] Name, TensorSource Tensor)> named = tensors.Select(tensor => (Encoding.UTF8.GetBytes(tensor.Name), tensor));
        foreach ((byte[] name, TensorSource tensor) in named.OrderBy(pair => pair.Name, Comparer<byte[]>.Create(CompareBytes)))
        {
            AppendHead(hash, name, tensor);
            tensor.ForEachChunk(buffer, chunk =>
            {
                if (tensor.Type is not (StoredType.F16 or StoredType.BF16))
                {
                    hash.AppendData(chunk);
                    return;
                }
                Span<float> floats = values.AsSpan(0, chunk.Length / sizeof(ushort));
                FloatStorage.Load(tensor.Type, chunk, floats);
                FloatStorage.Store(StoredType.F32, floats, widened);
                hash.AppendData(widened.AsSpan(0, floats.Length * sizeof(float)));
            });
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int CompareBytes(byte[]? left, byte[]? right) => left.AsSpan().SequenceCompareTo(right);

    private static void AppendHead(IncrementalHash hash, byte[] name, TensorSource tensor)
    {
        AppendText(hash, name);
        AppendText(hash, Encoding.UTF8.GetBytes(tensor.Type.IsFloat ? StoredType.F32.Name : tensor.Type.Name));
        AppendNumber(hash, (ulong)tensor.Shape.Count);
        foreach (int length in tensor.Shape)
        {
            AppendNumber(hash, (ulong)length);
        }
    }

    private static void AppendText(IncrementalHash hash, byte[] text)
    {
        AppendNumber(hash, (ulong)text.Length);
        hash.AppendData(text);
    }

    private static void AppendNumber(IncrementalHash hash, ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
