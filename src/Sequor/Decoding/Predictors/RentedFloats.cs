using System.Buffers;

namespace Sequor.Decoding.Predictors;

/// <summary>Numbers of a size that grows now and then: megabytes, needed batch after batch, and therefore rented, so that they are not new garbage each time.</summary>
internal sealed class RentedFloats : IDisposable
{
    private float[] _array = [];

    /// <summary>The numbers, as many as were reserved or more.</summary>
    internal Span<float> All => _array;

    /// <summary>Makes room; what was written before may be lost.</summary>
    /// <param name="length">How many numbers.</param>
    /// <exception cref="OverflowException">They are more than an array can hold.</exception>
    internal void Reserve(long length)
    {
        int needed = checked((int)length);
        if (_array.Length < needed)
        {
            // Where there is no memory for the larger one, the smaller one must not be given back a second time: two sessions would share it.
            Dispose();
            _array = ArrayPool<float>.Shared.Rent(needed);
        }
    }

    public void Dispose()
    {
        float[] array = _array;
        _array = [];
        ArrayPool<float>.Shared.Return(array);
    }
}
