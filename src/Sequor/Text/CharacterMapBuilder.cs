using System.Buffers.Binary;
using System.Text;

namespace Sequor.Text;

/// <summary>Compiles replacements into the bytes of a model file, see <see cref="CharacterMap"/>.</summary>
internal static class CharacterMapBuilder
{
    /// <summary>Compiles.</summary>
    /// <param name="replacements">What is replaced by what; an empty replacement drops its text. None may hold a NUL.</param>
    public static byte[] Compile(IReadOnlyDictionary<string, string> replacements)
    {
        if (replacements.Count == 0)
        {
            return [];
        }

        using var texts = new MemoryStream();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string text in replacements.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            places.Add(text, (int)texts.Length);
            texts.Write(Encoding.UTF8.GetBytes(text));
            texts.WriteByte(0);
        }

        (byte[], int)[] entries = [.. replacements.Select(entry => (Encoding.UTF8.GetBytes(entry.Key), places[entry.Value]))];
        ReadOnlySpan<uint> units = DoubleArrayBuilder.Build(entries).Units;
        byte[] compiled = new byte[sizeof(uint) + (units.Length * sizeof(uint)) + texts.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(compiled, (uint)(units.Length * sizeof(uint)));
        for (int i = 0; i < units.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(compiled.AsSpan((i + 1) * sizeof(uint)), units[i]);
        }

        texts.ToArray().CopyTo(compiled.AsSpan((units.Length + 1) * sizeof(uint)));
        return compiled;
    }
}
