namespace Sequor.Training.Logs.TensorBoard;

/// <summary>The cyclic redundancy check with Castagnoli's polynomial (RFC 3720, appendix B.4), and the mask that record files put over it.</summary>
internal static class Crc32C
{
    private const uint ReversedPolynomial = 0x82F63B78;

    private static readonly uint[] _table = [.. Enumerable.Range(0, 256).Select(value => OfByte((uint)value))];

    /// <summary>The check of some bytes.</summary>
    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint rest = uint.MaxValue;
        foreach (byte value in bytes)
        {
            rest = (rest >> 8) ^ _table[(byte)(rest ^ value)];
        }

        return ~rest;
    }

    /// <summary>The check as record files store it: a check over bytes that hold checks of themselves would be weak.</summary>
    internal static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint check = Of(bytes);
        return unchecked(((check >> 15) | (check << 17)) + 0xA282EAD8);
    }

    private static uint OfByte(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value >> 1) ^ ((value & 1) == 0 ? 0 : ReversedPolynomial);
        }

        return value;
    }
}
