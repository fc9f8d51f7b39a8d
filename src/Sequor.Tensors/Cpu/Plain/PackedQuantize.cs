namespace Sequor.Tensors.Cpu.Plain;

/// <summary>Rows of floats as whole numbers with one scale: symmetric, by the greatest magnitude, ties to even.</summary>
internal static class PackedQuantize
{
    /// <summary>Below it most / magnitude would overflow; such a row is worth nothing beside any other.</summary>
    internal const float LeastMagnitude = 1f / (1L << 50) / (1L << 50);

    /// <summary>Quantises a row.</summary>
    /// <param name="row">The numbers.</param>
    /// <param name="most">The greatest whole number, 127 or 63.</param>
    /// <param name="integers">As many as the row has numbers.</param>
    /// <returns>The scale: 0 for a row of zeros, NaN for a row that is not finite; the integers are 0 in both cases.</returns>
    internal static float Row(ReadOnlySpan<float> row, int most, Span<sbyte> integers)
    {
        float magnitude = Magnitude(row);
        if (!float.IsFinite(magnitude) || magnitude < LeastMagnitude)
        {
            integers.Clear();
            return float.IsFinite(magnitude) ? 0 : float.NaN;
        }

        float factor = most / magnitude;
        for (int i = 0; i < row.Length; i++)
        {
            integers[i] = (sbyte)MathF.Round(row[i] * factor, MidpointRounding.ToEven);
        }

        return magnitude / most;
    }

    /// <summary>The greatest magnitude. Bits without the sign are in the order of the numbers, with infinity and NaN above all: no special case, whatever a maximum does with NaN.</summary>
    private static float Magnitude(ReadOnlySpan<float> row)
    {
        int greatest = 0;
        foreach (float number in row)
        {
            greatest = Math.Max(greatest, BitConverter.SingleToInt32Bits(number) & int.MaxValue);
        }

        return BitConverter.Int32BitsToSingle(greatest);
    }
}
