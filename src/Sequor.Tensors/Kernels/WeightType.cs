namespace Sequor.Tensors.Kernels;

/// <summary>How the numbers of a weight matrix are held for decoding. Arithmetic between layers is float32 in every case.</summary>
public enum WeightType
{
    /// <summary>32-bit floating point: the numbers as trained.</summary>
    Float32,

    /// <summary>16-bit floating point: 11 significant bits, up to 131,008, without infinity and NaN; else as IEEE 754 binary16. Products are exact sums of float32 terms.</summary>
    Float16,

    /// <summary>The upper half of float32: 8 significant bits and the same range.</summary>
    BFloat16,

    /// <summary>Whole numbers from -127 to 127 times one float per output; the inputs of a product are quantised row by row in the same way.</summary>
    Int8,

    /// <summary>Whole numbers from -63 to 63, as <see cref="Int8"/> otherwise: exact products without the dot-product instructions of newer processors.</summary>
    Int7,
}

/// <summary>What follows from a weight type.</summary>
public static class WeightTypes
{
    /// <summary>Every type by the name that users write: <c>float32</c>, <c>float16</c>, <c>bfloat16</c>, <c>int8</c>, <c>int7</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["float32", "float16", "bfloat16", "int8", "int7"];

    /// <summary>The name that users write.</summary>
    /// <param name="type">The type.</param>
    public static string NameOf(WeightType type) => Names[(int)type];

    /// <summary>Reads a name, in small or capital letters.</summary>
    /// <param name="name">Such as <c>int8</c>.</param>
    /// <param name="type">The type.</param>
    public static bool TryParse(string? name, out WeightType type)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (string.Equals(name, Names[i], StringComparison.OrdinalIgnoreCase))
            {
                type = (WeightType)i;
                return true;
            }
        }

        type = default;
        return false;
    }

    /// <summary>Whether the weights are whole numbers with a scale per output.</summary>
    /// <param name="type">The type.</param>
    public static bool IsInteger(WeightType type) => type >= WeightType.Int8;

    /// <summary>The greatest whole number of an integer type, 127 or 63; its negative is the least.</summary>
    /// <param name="type">An integer type.</param>
    internal static int MostOf(WeightType type) => type == WeightType.Int8 ? 127 : 63;

    /// <summary>What is added to the whole numbers of an input so that they are unsigned, 128 or 64.</summary>
    /// <param name="type">An integer type.</param>
    internal static int OffsetOf(WeightType type) => MostOf(type) + 1;
}
