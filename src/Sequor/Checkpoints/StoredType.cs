namespace Sequor.Checkpoints;

/// <summary>How the elements of a tensor lie in a file. Arithmetic is float32 whatever the storage.</summary>
public enum StoredType
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>IEEE 754 half precision.</summary>
    F16,

    /// <summary>bfloat16: the upper half of a float32.</summary>
    BF16,

    /// <summary>Signed bytes.</summary>
    I8,

    /// <summary>Unsigned bytes.</summary>
    U8,

    /// <summary>32-bit signed integers.</summary>
    I32,

    /// <summary>64-bit signed integers.</summary>
    I64,
}

/// <summary>What follows from a <see cref="StoredType"/>.</summary>
internal static class StoredTypes
{
    private static readonly (StoredType Type, string Name)[] _names =
    [
        (StoredType.F32, "F32"), (StoredType.F16, "F16"), (StoredType.BF16, "BF16"), (StoredType.I8, "I8"),
        (StoredType.U8, "U8"), (StoredType.I32, "I32"), (StoredType.I64, "I64"),
    ];

    /// <summary>All names as safetensors files write them, for sentences.</summary>
    public static string Names => string.Join(", ", _names.Select(pair => pair.Name));

    public static bool TryParse(string? name, out StoredType type)
    {
        int index = Array.FindIndex(_names, pair => pair.Name == name);
        type = index < 0 ? default : _names[index].Type;
        return index >= 0;
    }

    extension(StoredType type)
    {
        public string Name => _names[(int)type].Name;

        public int ElementBytes => type switch
        {
            StoredType.I8 or StoredType.U8 => 1,
            StoredType.F16 or StoredType.BF16 => 2,
            StoredType.F32 or StoredType.I32 => 4,
            _ => 8,
        };

        public bool IsFloat => type is StoredType.F32 or StoredType.F16 or StoredType.BF16;
    }
}
