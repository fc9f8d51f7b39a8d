namespace Sequor.Tensors.Memory;

/// <summary>A run of numbers in a device's memory: an address and a count. It owns nothing and outlives nothing; owners hand it out.</summary>
/// <typeparam name="T">The number type.</typeparam>
public readonly struct Storage<T> : IEquatable<Storage<T>>
    where T : unmanaged
{
    /// <summary>Describes the run that starts at an address.</summary>
    /// <param name="address">Where the first number lies, in the device's own terms.</param>
    /// <param name="length">How many numbers there are, 0 or more.</param>
    public Storage(nint address, long length)
    {
        Address = address;
        Length = length;
    }

    /// <summary>Where the first number lies, in the device's own terms.</summary>
    public nint Address { get; }

    /// <summary>How many numbers there are.</summary>
    public long Length { get; }

    /// <summary>Whether there are none: the sign for "not wanted" where a kernel's argument is optional.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The numbers as a span; only for memory that the processor itself can read.</summary>
    internal unsafe Span<T> Span => new((void*)Address, checked((int)Length));

    /// <summary>A part of this run.</summary>
    /// <param name="start">The first number of the part, counted from this run's first.</param>
    /// <param name="length">How many numbers the part has.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the run.</exception>
    public unsafe Storage<T> Slice(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new Storage<T>(Address + checked((nint)(start * sizeof(T))), length);
    }

    /// <inheritdoc/>
    public bool Equals(Storage<T> other) => Address == other.Address && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Storage<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Length);

    /// <summary>Whether two runs are the same numbers.</summary>
    public static bool operator ==(Storage<T> left, Storage<T> right) => left.Equals(right);

    /// <summary>Whether two runs differ.</summary>
    public static bool operator !=(Storage<T> left, Storage<T> right) => !left.Equals(right);
}
