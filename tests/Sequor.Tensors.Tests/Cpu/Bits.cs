namespace Sequor.Tensors.Tests.Cpu;

/// <summary>Numbers as the bits they are made of, for comparisons that see the sign of 0 and every NaN.</summary>
internal static class Bits
{
    internal static int[] Of(ReadOnlySpan<float> values)
    {
        int[] bits = new int[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = BitConverter.SingleToInt32Bits(values[i]);
        }

        return bits;
    }
}
