using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;

namespace Sequor.Testing;

/// <summary>Numbers that another program worked out, read from a safetensors file under <c>tests/golden</c>; its metadata name the script and the versions.</summary>
public sealed class GoldenFile
{
    private readonly Dictionary<string, (int[] Shape, string Type, int First, int Bytes)> _entries = [];
    private readonly byte[] _data;

    private GoldenFile(byte[] file)
    {
        int header = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file));
        using JsonDocument document = JsonDocument.Parse(file.AsMemory(8, header));
        foreach (JsonProperty property in document.RootElement.EnumerateObject().Where(property => property.Name != "__metadata__"))
        {
            int[] offsets = Integers(property.Value.GetProperty("data_offsets"));
            _entries[property.Name] = (
                Integers(property.Value.GetProperty("shape")), property.Value.GetProperty("dtype").GetString()!, offsets[0], offsets[1] - offsets[0]);
        }

        _data = file[(8 + header)..];
    }

    /// <summary>The names of all tensors.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Reads a golden file; the test is skipped where only the built program is there.</summary>
    /// <param name="name">The file's name.</param>
    public static GoldenFile Open(string name)
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sequor.slnx")))
        {
            directory = directory.Parent;
        }

        Assert.SkipWhen(directory is null, $"The golden files are not beside this test: no Sequor.slnx above {AppContext.BaseDirectory}");
        return new GoldenFile(File.ReadAllBytes(Path.Combine(directory!.FullName, "tests", "golden", name)));
    }

    /// <summary>Whether the file has such a tensor.</summary>
    /// <param name="name">Its name.</param>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>The sizes of a tensor.</summary>
    /// <param name="name">Its name.</param>
    public int[] Shape(string name) => _entries[name].Shape;

    /// <summary>The numbers of a tensor of floats.</summary>
    /// <param name="name">Its name.</param>
    public float[] Floats(string name) => Read<float>(name, "F32");

    /// <summary>The numbers of a tensor of whole numbers.</summary>
    /// <param name="name">Its name.</param>
    public int[] Ints(string name) => Read<int>(name, "I32");

    /// <summary>Checks that numbers agree, relative to the greatest of those that are expected: a sum of large terms is no more exact than they are.</summary>
    /// <param name="expected">What the other program worked out.</param>
    /// <param name="actual">What was worked out here.</param>
    /// <param name="what">What the numbers are, for the message.</param>
    /// <param name="tolerance">The greatest difference for numbers of size 1.</param>
    public static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what, double tolerance = 2e-6)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {expected.Length} numbers are expected, and there are {actual.Length}.");
        double greatest = 0;
        foreach (float value in expected)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs((double)expected[i] - actual[i]) <= tolerance * greatest,
                $"{what}[{i}]: {expected[i]} is expected, but it is {actual[i]} (greatest {greatest}).");
        }
    }

    private static int[] Integers(JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetInt32())];

    private T[] Read<T>(string name, string type)
        where T : unmanaged
    {
        (int[] _, string stored, int first, int bytes) = _entries[name];
        Assert.Equal(type, stored);
        return MemoryMarshal.Cast<byte, T>(_data.AsSpan(first, bytes)).ToArray();
    }
}
