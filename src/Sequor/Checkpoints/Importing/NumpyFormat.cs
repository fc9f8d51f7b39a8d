using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Sequor.Checkpoints.Importing;

/// <summary>One array in NumPy's <c>.npy</c> format: a magic word, a version, a header in Python's words, and the numbers.</summary>
internal static partial class NumpyFormat
{
    // Of the widest type still one array of bytes.
    private const int MostElements = 1 << 27;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    internal static NumpyArray Read(Stream stream, string name, string path)
    {
        string header = ReadHeader(stream, name, path);
        string type = Part(Type().Match(header), "descr", header, name, path);
        if (Part(Order().Match(header), "fortran_order", header, name, path) != "False")
        {
            throw Fault(name, path, "lies column by column (fortran_order). Save numpy.ascontiguousarray(…) of it");
        }

        int[] shape = ShapeOf(Part(Shape().Match(header), "shape", header, name, path), name, path);
        float[] values = ReadValues(stream, type, CountOf(shape, name, path), name, path);
        if (stream.ReadByte() >= 0)
        {
            throw Fault(name, path, $"is longer than its shape ({string.Join(", ", shape)}) says");
        }

        return new NumpyArray(name, shape, values);
    }

    private static string ReadHeader(Stream stream, string name, string path)
    {
        byte[] start = ReadExactly(stream, 8, name, path);
        if (!start.AsSpan(0, 6).SequenceEqual(Magic))
        {
            throw Fault(name, path, "does not begin as an .npy array does");
        }

        if (start[6] is < 1 or > 3)
        {
            throw Fault(name, path, $"is of version {start[6]}.{start[7]} of the .npy format; versions 1 to 3 are read");
        }

        int length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(ReadExactly(stream, 2, name, path))
            : (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(ReadExactly(stream, 4, name, path)), int.MaxValue);
        return length <= 1 << 20
            ? Encoding.UTF8.GetString(ReadExactly(stream, length, name, path))
            : throw Fault(name, path, $"has a header of {length} bytes");
    }

    private static float[] ReadValues(Stream stream, string type, int count, string name, string path)
    {
        switch (type)
        {
            case "<f4":
                return MemoryMarshal.Cast<byte, float>(ReadExactly(stream, 4L * count, name, path)).ToArray();
            case "<f8":
                return [.. MemoryMarshal.Cast<byte, double>(ReadExactly(stream, 8L * count, name, path)).ToArray().Select(value => (float)value)];
            case "<f2":
                return [.. MemoryMarshal.Cast<byte, Half>(ReadExactly(stream, 2L * count, name, path)).ToArray().Select(value => (float)value)];
            default:
                throw Fault(name, path, $"is of the type '{type}'; '<f4', '<f8' and '<f2' are read, little-endian floats. Convert it with .astype('<f4')");
        }
    }

    private static int CountOf(int[] shape, string name, string path)
    {
        long count = 1;
        foreach (int length in shape)
        {
            // Looked at after every factor: a product of all could leave the range of its type unseen.
            count *= length;
            if (count > MostElements)
            {
                throw Fault(name, path, $"has the shape ({string.Join(", ", shape)}); at most {MostElements} elements are read");
            }
        }

        return (int)count;
    }

    private static int[] ShapeOf(string text, string name, string path)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw Fault(name, path, $"has the shape ({text}), which is no list of whole numbers");
            }
        }

        return shape;
    }

    private static string Part(Match match, string key, string header, string name, string path) =>
        match.Success ? match.Groups[1].Value : throw Fault(name, path, $"has a header without {key}: {header.Trim()}");

    private static byte[] ReadExactly(Stream stream, long count, string name, string path)
    {
        byte[] bytes = new byte[count];
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException fault)
        {
            throw new ModelFormatException($"The array '{name}' of '{path}' ends before it is complete.", fault);
        }

        return bytes;
    }

    private static ModelFormatException Fault(string name, string path, string problem) => new($"The array '{name}' of '{path}' {problem}.");

    [GeneratedRegex("""'descr':\s*'([^']*)'""")]
    private static partial Regex Type();

    [GeneratedRegex("""'fortran_order':\s*(True|False)""")]
    private static partial Regex Order();

    [GeneratedRegex("""'shape':\s*\(([^)]*)\)""")]
    private static partial Regex Shape();
}
